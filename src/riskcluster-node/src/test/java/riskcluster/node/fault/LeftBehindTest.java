package riskcluster.node.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.alert.CursorNote;
import riskcluster.actors.alert.KafkaAlertLog;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.contracts.log.LogPartition;
import riskcluster.node.embedded.EmbeddedKafka;
import riskcluster.node.topic.KafkaTopics;

/** A commit of the alert cursor that Kafka never decides; another's open transaction stands for it. */
class LeftBehindTest {

    private static final TopicNames NAMES = TopicNames.of("transactions");
    private static final LogPartition SOURCE = new LogPartition("transactions", 0);
    private static final TopicPartition CURSOR = new TopicPartition("transactions", 0);
    private static final ConsumerGroupMetadata GROUP = group();
    private static final Duration UNSTABLE_MAX = Duration.ofMillis(300);
    private static final CursorNote NOTE = new CursorNote(3, 10, 5, 0);

    @TempDir
    private Path folder;

    @SuppressWarnings("removal") // as the product's: nobody joins this group
    private static ConsumerGroupMetadata group() {
        return new ConsumerGroupMetadata("riskcluster.test.transactions");
    }

    @Test
    void theCursorIsThenBehindWhatWasPublishedAndStaysThereWhateverBecomesOfTheCommit() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, 0);
                var admin = Admin.create(connection(kafka));
                var other = producer(kafka, Map.of("transactional.id", "left-behind"))) {
            new KafkaTopics(admin).createMissing(NAMES, 1);
            other.initTransactions();
            try (var channel = log(kafka, admin).open(SOURCE)) {
                channel.commit(5, NOTE);
            }
            other.beginTransaction();
            other.sendOffsetsToTransaction(Map.of(CURSOR, new OffsetAndMetadata(9)), GROUP);
            publish(kafka, 6);

            try (var channel = log(kafka, admin).open(SOURCE)) {
                assertThat(channel.cursor()).hasValue(7);
                assertThat(channel.noted()).contains(NOTE);
            }
            other.abortTransaction();
            try (var channel = log(kafka, admin).open(SOURCE)) {
                assertThat(channel.cursor()).hasValue(7);
            }
        }
    }

    @Test
    void nothingIsSaidWhileATransactionIsOpenOnTheAlerts() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, 0);
                var admin = Admin.create(connection(kafka));
                var other = producer(kafka, Map.of("transactional.id", "open"))) {
            new KafkaTopics(admin).createMissing(NAMES, 1);
            other.initTransactions();
            other.beginTransaction();
            other.send(alert(0)).get();
            other.sendOffsetsToTransaction(Map.of(CURSOR, new OffsetAndMetadata(9)), GROUP);

            try (var channel = log(kafka, admin).open(SOURCE)) {
                assertThatThrownBy(channel::cursor)
                        .hasMessageContaining("transactions/0 does not become stable")
                        .hasMessageContaining("a transaction is open on partition 0");
                other.abortTransaction();
                assertThat(channel.cursor()).isEmpty();
            }
        }
    }

    private static KafkaAlertLog log(EmbeddedKafka kafka, Admin admin) {
        return new KafkaAlertLog(connection(kafka), admin, NAMES, "test", UNSTABLE_MAX);
    }

    private static Map<String, Object> connection(EmbeddedKafka kafka) {
        return Map.of("bootstrap.servers", kafka.bootstrap());
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka, Map<String, Object> more) {
        var settings = new HashMap<>(connection(kafka));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void publish(EmbeddedKafka kafka, long offset) throws Exception {
        try (var producer = producer(kafka, Map.of())) {
            producer.send(alert(offset)).get();
        }
    }

    private static ProducerRecord<byte[], byte[]> alert(long offset) {
        var id = new RecordHeader("ce_id", ("transactions/0/" + offset).getBytes(UTF_8));
        return new ProducerRecord<>(NAMES.alerts(), 0, "user".getBytes(UTF_8), new byte[1], List.of(id));
    }
}
