package riskcluster.actors.alert;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The end of one topic partition, as exact readers see it. */
final class TopicTail {

    private static final Duration POLL_MAX = Duration.ofMillis(200);
    private static final long FIRST_STEP = 1_000;

    private final Map<String, Object> connection;
    private final TopicPartition partition;

    TopicTail(Map<String, Object> connection, TopicPartition partition) {
        this.connection = connection;
        this.partition = partition;
    }

    /** The last committed record; markers and aborted records take offsets too, so it looks back in growing steps. */
    Optional<ConsumerRecord<byte[], byte[]>> lastRecord() {
        try (var consumer = consumer()) {
            consumer.assign(List.of(partition));
            long first = told(consumer.beginningOffsets(List.of(partition)));
            long end = told(consumer.endOffsets(List.of(partition)));
            long step = FIRST_STEP;
            long from = end;
            while (from > first) {
                from = Math.max(first, from - step);
                var last = lastBetween(consumer, from, end);
                if (last != null) {
                    return Optional.of(last);
                }
                step *= 10;
            }
            return Optional.empty();
        }
    }

    private long told(Map<TopicPartition, Long> offsets) {
        return Objects.requireNonNull(offsets.get(partition), () -> "Kafka told no offset of " + partition);
    }

    private @Nullable ConsumerRecord<byte[], byte[]> lastBetween(
            KafkaConsumer<byte[], byte[]> consumer, long from, long end) {
        consumer.seek(partition, from);
        ConsumerRecord<byte[], byte[]> last = null;
        while (consumer.position(partition) < end) {
            for (var record : consumer.poll(POLL_MAX).records(partition)) {
                last = record;
            }
        }
        return last;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        var settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        var bytes = new ByteArrayDeserializer();
        return new KafkaConsumer<>(settings, bytes, bytes);
    }
}
