package riskcluster.node.fault;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning to where it ends now. */
public final class TopicReader {

    private static final Duration POLL_MAX = Duration.ofMillis(200);

    private final String bootstrap;
    private final String topic;
    private final IsolationLevel isolation;

    /** @param isolation how exactly it reads */
    public TopicReader(String bootstrap, String topic, IsolationLevel isolation) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.isolation = isolation;
    }

    /** Tells every message, partition by partition in their order. */
    public void forEach(Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("isolation.level", isolation.toString());
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            for (var each : consumer.partitionsFor(topic)) {
                read(consumer, new TopicPartition(topic, each.partition()), taker);
            }
        }
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, 0);
        var end = consumer.endOffsets(List.of(partition)).get(partition);
        while (end != null && consumer.position(partition) < end) {
            consumer.poll(POLL_MAX).records(partition).forEach(taker);
        }
    }
}
