import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads alerts with the CloudEvents SDK: {@code java -cp ... Consume.java BOOTSTRAP [exact|fast] [COUNT]}. Needs
 * io.cloudevents:cloudevents-kafka and org.apache.kafka:kafka-clients.
 */
public class Consume {

    public static void main(String[] arguments) {
        var reading = arguments.length > 1 ? arguments[1] : "exact";
        long count = arguments.length > 2 ? Long.parseLong(arguments[2]) : Long.MAX_VALUE;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", arguments[0],
                "group.id", "example-java-" + reading,
                "auto.offset.reset", "earliest",
                "isolation.level", reading.equals("exact") ? "read_committed" : "read_uncommitted",
                "key.deserializer", StringDeserializer.class,
                "value.deserializer", CloudEventDeserializer.class);
        // fast reading: ids of the last alerts, for one may come again after a crash
        var seen = new LinkedHashMap<String, Boolean>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > 100_000;
            }
        };
        try (var consumer = new KafkaConsumer<String, CloudEvent>(settings)) {
            consumer.subscribe(List.of("alerts"));
            while (count > 0) {
                for (ConsumerRecord<String, CloudEvent> record : consumer.poll(Duration.ofSeconds(1))) {
                    var event = record.value();
                    if (reading.equals("fast") && seen.put(event.getId(), true) != null) {
                        continue;
                    }
                    var body = new String(Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8);
                    System.out.println(event.getId() + " " + record.key() + " " + body);
                    count--;
                }
            }
        }
    }
}
