package riskcluster.lakehouse.write;

import riskcluster.contracts.log.LogRecord;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.Numbers;
import riskcluster.lakehouse.column.PlainNumbers;
import riskcluster.lakehouse.column.Texts;

/** The columns with which every table of bronze begins: where a record stands in Kafka, and when. */
final class RecordColumns {

    private static final long MICROS_PER_MILLI = 1_000;

    private final Texts topic;
    private final Numbers partition;
    private final PlainNumbers offset;
    private final Numbers kafkaTime;
    private final Numbers ingestTime;

    RecordColumns(Columns columns) {
        topic = columns.texts("topic");
        partition = columns.numbers("partition");
        offset = columns.plainNumbers("offset");
        kafkaTime = columns.numbers("kafka_time");
        ingestTime = columns.numbers("ingest_time");
    }

    void add(LogRecord record, long ingestTimeMicros) {
        topic.add(record.source().topic());
        partition.add(record.source().partition());
        offset.add(record.offset());
        kafkaTime.add(record.kafkaTimeMillis() * MICROS_PER_MILLI);
        ingestTime.add(ingestTimeMicros);
    }
}
