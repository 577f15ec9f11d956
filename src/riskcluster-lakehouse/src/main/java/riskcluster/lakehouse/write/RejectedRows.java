package riskcluster.lakehouse.write;

import java.util.List;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.log.Tombstone;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.Numbers;
import riskcluster.lakehouse.column.PlainBytes;
import riskcluster.lakehouse.column.PlainNumbers;
import riskcluster.lakehouse.column.Texts;

/** The rows of {@code bronze.rejected} in one file. */
final class RejectedRows implements Rows {

    private static final long MICROS_PER_MILLI = 1_000;

    private final Texts topic;
    private final Numbers partition;
    private final PlainNumbers offset;
    private final Numbers kafkaTime;
    private final Numbers ingestTime;
    private final PlainBytes key;
    private final PlainBytes value;
    private final HeaderColumns headers;
    private final Texts reason;
    private final Texts detail;

    RejectedRows(Columns columns) {
        topic = columns.texts("topic");
        partition = columns.numbers("partition");
        offset = columns.plainNumbers("offset");
        kafkaTime = columns.numbers("kafka_time");
        ingestTime = columns.numbers("ingest_time");
        key = columns.plainBytes("key");
        value = columns.plainBytes("value");
        headers = new HeaderColumns(columns);
        reason = columns.texts("reason");
        detail = columns.texts("detail");
    }

    void add(LogRecord record, Outcome.Rejected rejected, long ingestTimeMicros) {
        topic.add(record.source().topic());
        partition.add(record.source().partition());
        offset.add(record.offset());
        kafkaTime.add(record.kafkaTimeMillis() * MICROS_PER_MILLI);
        ingestTime.add(ingestTimeMicros);
        key.add(record.key());
        value.add(record.value());
        headers.add(record.headers());
        reason.add(rejected.reason().code());
        detail.add(rejected.detail());
    }

    /** What is left of an erased record. */
    void add(LogRecord record, Tombstone left, long ingestTimeMicros) {
        topic.add(record.source().topic());
        partition.add(record.source().partition());
        offset.add(record.offset());
        kafkaTime.add(record.kafkaTimeMillis() * MICROS_PER_MILLI);
        ingestTime.add(ingestTimeMicros);
        key.add((byte[]) null);
        value.add((byte[]) null);
        headers.add(List.of());
        reason.add(left.kind().disposition());
        detail.add("");
    }
}
