package riskcluster.lakehouse.write;

import java.util.List;
import java.util.Objects;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.log.Tombstone;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.Flags;
import riskcluster.lakehouse.column.PlainBytes;
import riskcluster.lakehouse.column.PlainNumbers;
import riskcluster.lakehouse.column.Texts;

/** The rows of {@code bronze.transactions} in one file. */
final class BronzeRows implements Rows {

    private static final byte[] NOTHING = {};

    private final RecordColumns place;
    private final PlainBytes key;
    private final PlainBytes value;
    private final HeaderColumns headers;
    private final Texts disposition;
    private final PlainBytes transactionId;
    private final Texts userId;
    private final PlainNumbers amount;
    private final PlainNumbers eventTime;
    private final Texts currency;
    private final Texts merchant;
    private final Texts terminalId;
    private final Texts paymentMethod;
    private final Texts location;
    private final Texts deviceId;
    private final Flags fraud;
    private final ExtraValues extras;

    /** @param extraFields whose columns stand behind those of the definition */
    BronzeRows(Columns columns, List<ExtraField> extraFields) {
        place = new RecordColumns(columns);
        key = columns.plainBytes("key");
        value = columns.plainBytes("value");
        headers = new HeaderColumns(columns);
        disposition = columns.texts("disposition");
        transactionId = columns.plainBytes("transaction_id");
        userId = columns.texts("user_id");
        amount = columns.plainNumbers("amount");
        eventTime = columns.plainNumbers("event_time");
        currency = columns.texts("currency");
        merchant = columns.texts("merchant");
        terminalId = columns.texts("terminal_id");
        paymentMethod = columns.texts("payment_method");
        location = columns.texts("location");
        deviceId = columns.texts("device_id");
        fraud = columns.flags("is_fraud");
        extras = new ExtraValues(columns, extraFields);
    }

    void add(LogRecord record, String disposed, Transaction transaction, long ingestTimeMicros) {
        place.add(record, ingestTimeMicros);
        key.add(Objects.requireNonNull(record.key(), "an accepted record has a key"));
        value.add(Objects.requireNonNull(record.value(), "an accepted record has a value"));
        headers.add(record.headers());
        disposition.add(disposed);
        transactionId.add(transaction.transactionId());
        userId.add(transaction.userId());
        amount.add(transaction.amountUnits());
        eventTime.add(transaction.eventTimeMicros());
        currency.add(transaction.currency());
        merchant.add(transaction.merchant());
        terminalId.add(transaction.terminalId());
        paymentMethod.add(transaction.paymentMethod());
        location.add(transaction.location());
        deviceId.add(transaction.deviceId());
        fraud.add(transaction.fraud());
        extras.add(transaction.extras());
    }

    /** What is left of an erased record; what may not be null is empty. */
    void add(LogRecord record, Tombstone left, long ingestTimeMicros) {
        place.add(record, ingestTimeMicros);
        key.add(NOTHING);
        value.add(NOTHING);
        headers.add(List.of());
        disposition.add(left.kind().disposition());
        transactionId.add("");
        userId.add("");
        amount.add(0);
        eventTime.add(left.eventTimeMicros());
        currency.add(null);
        merchant.add(null);
        terminalId.add(null);
        paymentMethod.add(null);
        location.add(null);
        deviceId.add(null);
        fraud.add(null);
        extras.addNone();
    }
}
