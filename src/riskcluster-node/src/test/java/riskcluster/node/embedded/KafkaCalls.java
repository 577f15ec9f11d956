package riskcluster.node.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.node.topic.KafkaTopics;

/** What the tests ask of a broker. */
final class KafkaCalls {
    static final TopicNames NAMES = TopicNames.of("transactions");
    static final TopicPartition ALERTS = new TopicPartition(NAMES.alerts(), 0);
    static final TopicPartition INPUT = new TopicPartition(NAMES.input(), 0);
    static final String GROUP = "cursor";

    private KafkaCalls() {}

    static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
    }

    static void createTopics(EmbeddedKafka kafka, int partitions) throws InterruptedException {
        try (var admin = admin(kafka)) {
            new KafkaTopics(admin).createMissing(NAMES, partitions);
        }
    }

    /** One alert and the cursor behind it, in one transaction. */
    static void commit(EmbeddedKafka kafka, String value) {
        try (var producer = producer(kafka, "committing");
                var consumer = consumer(kafka)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(ALERTS.topic(), ALERTS.partition(), "key", value));
            producer.sendOffsetsToTransaction(Map.of(INPUT, new OffsetAndMetadata(7)), consumer.groupMetadata());
            producer.commitTransaction();
        }
    }

    /** The producer stays as it is: closing it would abort. */
    static void leaveOpen(EmbeddedKafka kafka, String value) {
        var producer = producer(kafka, "leaving");
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(ALERTS.topic(), ALERTS.partition(), "key", value));
        producer.flush();
    }

    /** Ends what a killed owner left open, as its successor does. */
    static void takeOver(EmbeddedKafka kafka) {
        try (var producer = producer(kafka, "leaving")) {
            producer.initTransactions();
        }
    }

    /** All alerts that an exact reader sees. */
    static List<String> committedAlerts(EmbeddedKafka kafka) {
        try (var consumer = consumer(kafka)) {
            consumer.assign(List.of(ALERTS));
            consumer.seekToBeginning(List.of(ALERTS));
            long end = consumer.endOffsets(List.of(ALERTS)).get(ALERTS);
            var values = new ArrayList<String>();
            while (consumer.position(ALERTS) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private static KafkaConsumer<String, String> consumer(EmbeddedKafka kafka) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrap(), "isolation.level", "read_committed", "group.id", GROUP);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private static KafkaProducer<String, String> producer(EmbeddedKafka kafka, String transactionalId) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrap(), "transactional.id", transactionalId);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }
}
