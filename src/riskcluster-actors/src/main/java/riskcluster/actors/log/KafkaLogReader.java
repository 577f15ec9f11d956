package riskcluster.actors.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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

    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    /** Polls between two looks at the number of partitions, which the consumer knows from its own metadata. */
    private static final int POLLS_PER_LOOK = 16;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final LogPartition source;
    private final TopicPartition assigned;
    private long position;
    private int leaderEpoch;
    private final int partitions;
    private final Gathering gathering = new Gathering();
    private int polls;

    /** @param partitions that the topic must have; 0 for any number */
    KafkaLogReader(
            KafkaConsumer<byte[], byte[]> consumer, LogPartition source, long from, int leaderEpoch, int partitions) {
        this.partitions = partitions;
        this.consumer = consumer;
        this.source = source;
        this.assigned = new TopicPartition(source.topic(), source.partition());
        this.position = from;
        this.leaderEpoch = leaderEpoch;
        consumer.assign(List.of(assigned));
        if (leaderEpoch >= 0) {
            // a consumer that has not heard of the topic's leader yet would take the place as it is told
            consumer.endOffsets(List.of(assigned));
        }
        Optional<Integer> epoch = leaderEpoch < 0 ? Optional.empty() : Optional.of(leaderEpoch);
        consumer.seek(assigned, new OffsetAndMetadata(from, epoch, ""));
    }

    /** Waits until Kafka has said that the log up to here is the one that was read under the leader epoch. */
    void verify() {
        asked(() -> consumer.position(assigned, ANSWER_MAX));
    }

    @Override
    public Fetch next() {
        lookAtPartitions();
        var polled = poll();
        var records = new ArrayList<LogRecord>(polled.count());
        for (var record : polled.records(assigned)) {
            records.add(recordOf(record));
        }
        // the epoch of the place, not of the last record: control records may stand behind it under a newer leader
        var reached = polled.nextOffsets().get(assigned);
        if (reached != null) {
            leaderEpoch = reached.leaderEpoch().orElse(leaderEpoch);
        }
        var from = position;
        position = consumer.position(assigned);
        return new Fetch(
                from, position, leaderEpoch, consumer.currentLag(assigned).orElse(0), records);
    }

    private void lookAtPartitions() {
        if (partitions > 0 && polls++ % POLLS_PER_LOOK == 0) {
            int now = consumer.partitionsFor(source.topic()).size();
            if (now != partitions) {
                throw new RangeMissing(
                        source,
                        position,
                        "the topic has " + now + " partitions and had " + partitions
                                + ": from some offset on its customers' records go elsewhere");
            }
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        LockSupport.parkNanos(gathering.nanosBeforePoll(System.nanoTime()));
        long begun = System.nanoTime();
        var polled = asked(() -> consumer.poll(POLL_MAX));
        gathering.polled(begun, polled.count());
        return polled;
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (LogTruncationException e) { // a subclass of the next
            var diverges = e.divergentOffsets().get(assigned);
            throw RangeMissing.cut(source, diverges == null ? 0 : diverges.offset(), position);
        } catch (OffsetOutOfRangeException e) {
            long first = consumer.beginningOffsets(List.of(assigned)).getOrDefault(assigned, position);
            if (first > position) {
                throw RangeMissing.forgotten(source, position, first);
            }
            long end = consumer.endOffsets(List.of(assigned)).getOrDefault(assigned, position);
            throw RangeMissing.cut(source, Math.min(end, position), position);
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
