package riskcluster.lakehouse.write;

import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogRecord;

/** The rows of {@code bronze.rejected} in one file. */
final class RejectedRows implements Rows {

    private static final long MICROS_PER_MILLI = 1_000;

    private final ColumnSink topic;
    private final ColumnSink partition;
    private final ColumnSink offset;
    private final ColumnSink kafkaTime;
    private final ColumnSink ingestTime;
    private final ColumnSink key;
    private final ColumnSink value;
    private final HeaderColumns headers;
    private final ColumnSink reason;
    private final ColumnSink detail;

    RejectedRows(Columns columns) {
        topic = columns.next("topic");
        partition = columns.next("partition");
        offset = columns.next("offset");
        kafkaTime = columns.next("kafka_time");
        ingestTime = columns.next("ingest_time");
        key = columns.next("key");
        value = columns.next("value");
        headers = new HeaderColumns(columns);
        reason = columns.next("reason");
        detail = columns.next("detail");
    }

    void add(LogRecord record, Outcome.Rejected rejected, long ingestTimeMicros) {
        topic.text(record.source().topic());
        partition.number(record.source().partition());
        offset.number(record.offset());
        kafkaTime.number(record.kafkaTimeMillis() * MICROS_PER_MILLI);
        ingestTime.number(ingestTimeMicros);
        key.bytes(record.key());
        value.bytes(record.value());
        headers.add(record.headers());
        reason.text(rejected.reason().code());
        detail.text(rejected.detail());
    }
}
