package riskcluster.node.savepoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import riskcluster.contracts.log.LogPartition;
import riskcluster.node.NodeConfig;

/** The alerts of one partition as exact readers have them, by the offset of the record that each tells of. */
final class SentAlerts {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL_MAX = Duration.ofMillis(500);

    private SentAlerts() {}

    /** Those of records from {@code from} on, below {@code to}, with band and points. */
    static NavigableMap<Long, String> of(NodeConfig config, LogPartition source, long from, long to) {
        Map<String, Object> settings = new HashMap<>(config.kafka().connection());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        var partition = new TopicPartition(config.topics().alerts(), source.partition());
        var bytes = new ByteArrayDeserializer();
        var sent = new TreeMap<Long, String>();
        try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (var message : consumer.poll(POLL_MAX)) {
                    long offset = offset(message);
                    if (offset >= from && offset < to) {
                        sent.put(offset, told(message.value()));
                    }
                }
            }
        }
        return sent;
    }

    private static long offset(ConsumerRecord<byte[], byte[]> message) {
        var id = message.headers().lastHeader("ce_id");
        if (id == null) {
            throw new IllegalStateException("message " + message.offset() + " of " + message.topic()
                    + " has no ce_id: something else writes to this topic");
        }
        var text = new String(id.value(), StandardCharsets.UTF_8);
        return Long.parseLong(text.substring(text.lastIndexOf('/') + 1));
    }

    private static String told(byte[] body) {
        try {
            var alert = JSON.readTree(body);
            return Differences.text(
                    alert.path("band").asText(), alert.path("points").asInt());
        } catch (IOException failure) {
            throw new UncheckedIOException("an alert that was sent cannot be read", failure);
        }
    }
}
