package riskcluster.actors.decode;

import org.jspecify.annotations.Nullable;
import riskcluster.contracts.transaction.ExtraField;

/** A row of the fraud handbook's files, known by its columns; labels in it are not looked at. */
final class HandbookRow implements Row {
    private static final long CENTS_PER_ONE = 100;

    private final JsonScan scan;
    private final JsonRow row;

    HandbookRow(JsonScan scan, Repeats repeats) {
        this.scan = scan;
        this.row = new JsonRow(scan, repeats);
    }

    static boolean isOne(JsonScan scan) {
        return !scan.kind(Field.CUSTOMER_ID).isAbsent()
                && !scan.kind(Field.TX_TIME).isAbsent()
                && !scan.kind(Field.TERMINAL_ID).isAbsent()
                && !scan.kind(Field.AMOUNT_CENTS).isAbsent()
                && scan.kind(Field.USER_ID).isAbsent()
                && scan.kind(Field.TIMESTAMP).isAbsent()
                && scan.kind(Field.AMOUNT).isAbsent();
    }

    @Override
    public String transactionId() throws Unfit {
        return row.id(Field.TRANSACTION_ID);
    }

    @Override
    public String userId() throws Unfit {
        return row.id(Field.CUSTOMER_ID);
    }

    @Override
    public long amountUnits() throws Unfit {
        long centUnits = row.amount(Field.AMOUNT_CENTS);
        if (scan.kind(Field.AMOUNT_CENTS) != Kind.INTEGER) {
            throw Unfit.wrongType(
                    Field.AMOUNT_CENTS, scan.kind(Field.AMOUNT_CENTS).text(), "an integer");
        }
        return centUnits / CENTS_PER_ONE;
    }

    @Override
    public long eventTimeMicros() throws Unfit {
        int start = scan.start(Field.TX_TIME);
        int end = scan.end(Field.TX_TIME);
        return switch (scan.kind(Field.TX_TIME)) {
            case INTEGER -> row.time(Field.TX_TIME, EventTime.ofInteger(scan.in, start, end));
            case PLAIN_TEXT -> row.time(Field.TX_TIME, EventTime.ofIsoOrUtc(scan.in, start, end));
            case UTF8_TEXT, ESCAPED_TEXT -> row.time(Field.TX_TIME, EventTime.NONE);
            default ->
                throw Unfit.wrongType(Field.TX_TIME, scan.kind(Field.TX_TIME).text(), "a string or an integer");
        };
    }

    @Override
    public @Nullable String text(Field field) throws Unfit {
        return switch (field) {
            case TERMINAL_ID -> row.id(field);
            case MERCHANT -> "terminal-" + row.id(Field.TERMINAL_ID);
            case PAYMENT_METHOD -> "card";
            default -> row.text(field);
        };
    }

    @Override
    public @Nullable Object extra(ExtraField field, int slot) throws Unfit {
        return row.extra(field, slot);
    }

    @Override
    public @Nullable Boolean fraud() {
        return null;
    }
}
