package riskcluster.node.alerts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer of every partition of the alert topic, outside of any group. Used by one thread at a time. */
public final class AlertReader implements AutoCloseable {

    /** What a consumer is promised. */
    public enum Reading {
        /** Each alert once, when its transaction is committed. */
        EXACT("read_committed"),
        /** At once; after a crash an alert may come again, with the same id. */
        FAST("read_uncommitted");

        private final String isolation;

        Reading(String isolation) {
            this.isolation = isolation;
        }
    }

    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);
    /** Longest that an empty fetch waits at the broker, so that closing is quick. */
    private static final int FETCH_WAIT_MILLIS = 250;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    private AlertReader(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    /**
     * Starts to read.
     *
     * @param fromStart all that the topic holds, instead of what comes from now on
     */
    public static AlertReader open(String bootstrap, String topic, Reading reading, boolean fromStart) {
        return open(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap), topic, reading, fromStart);
    }

    /**
     * Starts to read.
     *
     * @param connection bootstrap servers and security, as Kafka's clients name them
     * @param fromStart all that the topic holds, instead of what comes from now on
     */
    public static AlertReader open(Map<String, Object> connection, String topic, Reading reading, boolean fromStart) {
        var settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, reading.isolation);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        var bytes = new ByteArrayDeserializer();
        var consumer = new KafkaConsumer<>(settings, bytes, bytes);
        try {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            if (fromStart) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            // Seeking is lazy; what is published from here on must be seen.
            partitions.forEach(consumer::position);
            return new AlertReader(consumer, partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** What has come, after waiting for it no longer than this. */
    public List<ReadAlert> poll(Duration atMost) {
        var records = consumer.poll(atMost);
        var receivedMillis = System.currentTimeMillis();
        var alerts = new ArrayList<ReadAlert>(records.count());
        for (var record : records) {
            var id = record.headers().lastHeader("ce_id");
            alerts.add(new ReadAlert(
                    id == null ? "" : new String(id.value(), StandardCharsets.UTF_8), record.value(), receivedMillis));
        }
        return alerts;
    }

    /** Whether everything that can be read now was read. */
    public boolean isAtEnd() {
        var ends = consumer.endOffsets(partitions);
        return partitions.stream().allMatch(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_MAX));
    }
}
