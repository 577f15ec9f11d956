package riskcluster.actors.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;

/** A Kafka consumer that is assigned one partition and moves on from where it was told to begin. */
final class KafkaLogReader implements LogReader {

    /** How long a poll waits for a record; also the longest that closing waits. */
    private static final Duration POLL_MAX = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final LogPartition source;
    private final TopicPartition assigned;
    private long position;
    private int leaderEpoch;

    KafkaLogReader(KafkaConsumer<byte[], byte[]> consumer, LogPartition source, long from, int leaderEpoch) {
        this.consumer = consumer;
        this.source = source;
        this.assigned = new TopicPartition(source.topic(), source.partition());
        this.position = from;
        this.leaderEpoch = leaderEpoch;
        consumer.assign(List.of(assigned));
        Optional<Integer> epoch = leaderEpoch < 0 ? Optional.empty() : Optional.of(leaderEpoch);
        consumer.seek(assigned, new OffsetAndMetadata(from, epoch, ""));
    }

    @Override
    public Fetch next() {
        var polled = poll();
        var records = new ArrayList<LogRecord>(polled.size());
        for (var record : polled) {
            leaderEpoch = record.leaderEpoch().orElse(leaderEpoch);
            records.add(recordOf(record));
        }
        var from = position;
        position = consumer.position(assigned);
        return new Fetch(
                from, position, leaderEpoch, consumer.currentLag(assigned).orElse(0), records);
    }

    private List<ConsumerRecord<byte[], byte[]>> poll() {
        try {
            return consumer.poll(POLL_MAX).records(assigned);
        } catch (LogTruncationException e) { // a subclass of the next: its message names both ends
            throw new RangeMissing(source, position, "the log was truncated (" + e.getMessage() + ")");
        } catch (OffsetOutOfRangeException e) {
            throw new RangeMissing(source, position, "it is out of the log's range (" + e.getMessage() + ")");
        }
    }

    private LogRecord recordOf(ConsumerRecord<byte[], byte[]> record) {
        return new LogRecord(
                source, record.offset(), record.timestamp(), record.key(), record.value(), headersOf(record.headers()));
    }

    private static List<Header> headersOf(Headers headers) {
        var all = headers.toArray();
        if (all.length == 0) {
            return List.of();
        }
        var copied = new ArrayList<Header>(all.length);
        for (var header : all) {
            copied.add(new Header(header.key(), header.value()));
        }
        return List.copyOf(copied);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
