package riskcluster.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.embedded.EmbeddedKafka;

/** Real clients of a real broker, whose own metrics become figures of the node. */
class KafkaClientsTest {

    private static final String TOPIC = "transactions";
    private static final int RECORDS = 30;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLLS_MAX = 100;

    @TempDir
    private Path folder;

    private final Metrics metrics = Metrics.start(Clock.systemUTC());

    @Test
    void consumersProducersAndAdministratorsAreAddedUpAndStayCountedWhenTheyClose() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, 0);
                metrics) {
            var told = new HashMap<String, Object>(metrics.kafka().watching(Map.of(), TOPIC));
            told.put("bootstrap.servers", kafka.bootstrap());
            try (var unseen = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrap()))) {
                unseen.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                        .all()
                        .get();
            }
            send(told);
            send(told);
            assertThat(metrics.text())
                    .contains("riskcluster_kafka_producer_records_total 60.0\n")
                    .contains("riskcluster_kafka_producer_errors_total 0.0\n")
                    .contains("riskcluster_kafka_connections{client=\"producer\"} 0.0\n")
                    .doesNotContain("riskcluster_kafka_producer_request_latency_average_seconds ");

            try (var consumer = consumer(told);
                    var admin = Admin.create(told)) {
                assertThat(admin.listTopics().names().get()).contains(TOPIC);
                for (int i = 0; i < POLLS_MAX && metrics.sum("riskcluster_kafka_consumer_records") < 2 * RECORDS; i++) {
                    consumer.poll(POLL);
                }
                assertThat(metrics.text())
                        .contains("riskcluster_kafka_consumer_records_total 60.0\n")
                        .contains("riskcluster_kafka_consumer_lag_records{partition=\"0\"} 0.0\n")
                        .containsPattern("riskcluster_kafka_consumer_fetched_bytes_total [1-9]")
                        .containsPattern("riskcluster_kafka_consumer_fetch_latency_maximum_seconds [0-9]")
                        .containsPattern("riskcluster_kafka_connections\\{client=\"consumer\"} [1-9]")
                        .containsPattern("riskcluster_kafka_requests_total\\{client=\"admin\"} [1-9]");
            }
            assertThat(metrics.text())
                    .contains("riskcluster_kafka_consumer_records_total 60.0\n")
                    .contains("riskcluster_kafka_connections{client=\"consumer\"} 0.0\n")
                    .doesNotContain("riskcluster_kafka_consumer_lag_records{");
        }
    }

    private static void send(Map<String, Object> told) {
        var bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(told, bytes, bytes)) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>(TOPIC, 0, new byte[] {1}, new byte[] {1}));
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> told) {
        var bytes = new ByteArrayDeserializer();
        var consumer = new KafkaConsumer<>(told, bytes, bytes);
        var partition = new TopicPartition(TOPIC, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }

    /** What others' clients are told besides is kept. */
    @Test
    void reportersThatSomebodyWantsBesidesAreKept() {
        assertThat(metrics.kafka().watching(Map.of("metric.reporters", "a.B,c.D"), TOPIC))
                .hasEntrySatisfying(
                        "metric.reporters",
                        names -> assertThat(names.toString())
                                .startsWith("org.apache.kafka.common.metrics.JmxReporter,")
                                .endsWith(",a.B,c.D"));
    }
}
