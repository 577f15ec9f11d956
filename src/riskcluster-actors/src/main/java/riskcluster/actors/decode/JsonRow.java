package riskcluster.actors.decode;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.transaction.ExtraField;

/** The fields of a JSON record. */
final class JsonRow implements Row {
    private static final String TEXT = "a string";
    private static final String ID = "a string or an integer";

    private final JsonScan scan;
    private final Repeats repeats;

    JsonRow(JsonScan scan, Repeats repeats) {
        this.scan = scan;
        this.repeats = repeats;
    }

    @Override
    public String transactionId() throws Unfit {
        require(Field.TRANSACTION_ID);
        if (!scan.kind(Field.TRANSACTION_ID).isText()) {
            throw wrongType(Field.TRANSACTION_ID, TEXT);
        }
        return string(Field.TRANSACTION_ID);
    }

    @Override
    public String userId() throws Unfit {
        return id(Field.USER_ID);
    }

    @Override
    public long amountUnits() throws Unfit {
        return amount(Field.AMOUNT);
    }

    @Override
    public long eventTimeMicros() throws Unfit {
        require(Field.TIMESTAMP);
        return switch (scan.kind(Field.TIMESTAMP)) {
            case INTEGER ->
                time(
                        Field.TIMESTAMP,
                        EventTime.ofInteger(scan.in, scan.start(Field.TIMESTAMP), scan.end(Field.TIMESTAMP)));
            case PLAIN_TEXT ->
                time(Field.TIMESTAMP, EventTime.ofIso(scan.in, scan.start(Field.TIMESTAMP), scan.end(Field.TIMESTAMP)));
            case UTF8_TEXT -> time(Field.TIMESTAMP, EventTime.NONE);
            case ESCAPED_TEXT -> {
                var text = string(Field.TIMESTAMP).getBytes(StandardCharsets.UTF_8);
                yield time(Field.TIMESTAMP, EventTime.ofIso(text, 0, text.length));
            }
            default -> throw wrongType(Field.TIMESTAMP, "a string or an integer");
        };
    }

    @Override
    public @Nullable String text(Field field) throws Unfit {
        var kind = scan.kind(field);
        if (kind.isAbsent()) {
            return null;
        }
        if (!kind.isText()) {
            throw wrongType(field, TEXT);
        }
        return field == Field.DEVICE_ID || kind == Kind.ESCAPED_TEXT
                ? string(field)
                : repeats.text(scan.in, scan.start(field), scan.end(field));
    }

    @Override
    public @Nullable Boolean fraud() throws Unfit {
        return switch (scan.kind(Field.IS_FRAUD)) {
            case ABSENT, NULL -> null;
            case TRUE -> Boolean.TRUE;
            case FALSE -> Boolean.FALSE;
            default -> throw wrongType(Field.IS_FRAUD, "true or false");
        };
    }

    @Override
    public @Nullable Object extra(ExtraField field, int slot) throws Unfit {
        var kind = scan.extraKind(slot);
        if (kind.isAbsent()) {
            return null;
        }
        int start = scan.extraStart(slot);
        int end = scan.extraEnd(slot);
        return ExtraValue.ofJson(field, kind, scan.in, start, end);
    }

    String id(Field field) throws Unfit {
        require(field);
        var kind = scan.kind(field);
        if (kind == Kind.INTEGER) {
            int start = scan.start(field);
            int length = scan.end(field) - start;
            boolean minusZero = length == 2 && scan.in[start] == '-' && scan.in[start + 1] == '0';
            return minusZero ? "0" : new String(scan.in, start, length, StandardCharsets.ISO_8859_1);
        }
        if (!kind.isText()) {
            throw wrongType(field, ID);
        }
        return string(field);
    }

    long amount(Field field) throws Unfit {
        require(field);
        var kind = scan.kind(field);
        if (kind != Kind.INTEGER && kind != Kind.DECIMAL) {
            throw wrongType(field, "a number");
        }
        long units = AmountText.units(scan.in, scan.start(field), scan.end(field));
        if (units < 0) {
            throw Unfit.amount(units, field, excerpt(field));
        }
        return units;
    }

    long time(Field field, long micros) throws Unfit {
        if (micros == EventTime.NONE) {
            throw Unfit.timestamp(field, excerpt(field));
        }
        return micros;
    }

    String string(Field field) throws Unfit {
        int start = scan.start(field);
        int end = scan.end(field);
        return switch (scan.kind(field)) {
            case PLAIN_TEXT -> new String(scan.in, start, end - start, StandardCharsets.ISO_8859_1);
            case ESCAPED_TEXT -> JsonText.whole(field, JsonText.decoded(scan.in, start, end, true));
            default -> new String(scan.in, start, end - start, StandardCharsets.UTF_8);
        };
    }

    void require(Field field) throws Unfit {
        if (scan.kind(field).isAbsent()) {
            throw Unfit.missing(field, scan.kind(field).text());
        }
    }

    private Unfit wrongType(Field field, String allowed) {
        return Unfit.wrongType(field, scan.kind(field).text() + " (byte " + scan.start(field) + ")", allowed);
    }

    private String excerpt(Field field) {
        return Excerpt.of(scan.in, scan.start(field), scan.end(field)) + " (byte " + scan.start(field) + ")";
    }
}
