package riskcluster.lakehouse.write;

import java.util.Objects;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/** The rows of {@code bronze.transactions} in one file. */
final class BronzeRows implements Rows {

    private static final long MICROS_PER_MILLI = 1_000;

    private final ColumnSink topic;
    private final ColumnSink partition;
    private final ColumnSink offset;
    private final ColumnSink kafkaTime;
    private final ColumnSink ingestTime;
    private final ColumnSink key;
    private final ColumnSink value;
    private final HeaderColumns headers;
    private final ColumnSink disposition;
    private final ColumnSink transactionId;
    private final ColumnSink userId;
    private final ColumnSink amount;
    private final ColumnSink eventTime;
    private final ColumnSink currency;
    private final ColumnSink merchant;
    private final ColumnSink terminalId;
    private final ColumnSink paymentMethod;
    private final ColumnSink location;
    private final ColumnSink deviceId;
    private final ColumnSink fraud;

    BronzeRows(Columns columns) {
        topic = columns.next("topic");
        partition = columns.next("partition");
        offset = columns.next("offset");
        kafkaTime = columns.next("kafka_time");
        ingestTime = columns.next("ingest_time");
        key = columns.next("key");
        value = columns.next("value");
        headers = new HeaderColumns(columns);
        disposition = columns.next("disposition");
        transactionId = columns.next("transaction_id");
        userId = columns.next("user_id");
        amount = columns.next("amount");
        eventTime = columns.next("event_time");
        currency = columns.next("currency");
        merchant = columns.next("merchant");
        terminalId = columns.next("terminal_id");
        paymentMethod = columns.next("payment_method");
        location = columns.next("location");
        deviceId = columns.next("device_id");
        fraud = columns.next("is_fraud");
    }

    void add(LogRecord record, String disposed, Transaction transaction, long ingestTimeMicros) {
        topic.text(record.source().topic());
        partition.number(record.source().partition());
        offset.number(record.offset());
        kafkaTime.number(record.kafkaTimeMillis() * MICROS_PER_MILLI);
        ingestTime.number(ingestTimeMicros);
        key.bytes(Objects.requireNonNull(record.key(), "an accepted record has a key"));
        value.bytes(Objects.requireNonNull(record.value(), "an accepted record has a value"));
        headers.add(record.headers());
        disposition.text(disposed);
        transactionId.unique(transaction.transactionId());
        userId.text(transaction.userId());
        amount.number(transaction.amountUnits());
        eventTime.number(transaction.eventTimeMicros());
        currency.text(transaction.currency());
        merchant.text(transaction.merchant());
        terminalId.text(transaction.terminalId());
        paymentMethod.text(transaction.paymentMethod());
        location.text(transaction.location());
        deviceId.text(transaction.deviceId());
        fraud.flag(transaction.fraud());
    }
}
