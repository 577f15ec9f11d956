package riskcluster.node.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.alert.CursorNote;
import riskcluster.actors.alert.KafkaAlertLog;
import riskcluster.actors.log.Fetch;
import riskcluster.actors.log.KafkaInputLog;
import riskcluster.actors.log.RangeMissing;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.node.embedded.EmbeddedKafka;
import riskcluster.node.topic.KafkaTopics;
import riskcluster.node.topic.WantedTopics;

/** What a log that forgets, is cut or grows partitions, and a topic that takes less, look like to a partition. */
class KafkaBadDayTest {

    private static final TopicNames NAMES = TopicNames.of("transactions");
    private static final LogPartition SOURCE = new LogPartition("transactions", 0);
    private static final TopicPartition DEAD_LETTERS = new TopicPartition(NAMES.deadLetters(), 0);

    /** Kafka's own bytes of a batch with one record of this size. */
    private static final int OVERHEAD_BYTES = 80;

    private static final int POLLS_MAX = 200;

    @TempDir
    private Path folder;

    @Test
    void eachLossIsNamedWithItsRangeAndNothingIsReset() throws Exception {
        String id;
        try (var kafka = EmbeddedKafka.start(folder, 0);
                var admin = admin(kafka)) {
            new KafkaTopics(admin).createMissing(NAMES, 1);
            produce(kafka, 10);
            id = log(kafka, admin).topicId(SOURCE);
            assertThat(read(log(kafka, admin), 0, -1).leaderEpoch()).isZero();
            aDeadLetterAtTheInputsLimitIsWholeAndIsCutWhereTheTopicTakesLess(kafka, admin);
            theLargestAlertIsWholeAndIsCutWhereTheTopicTakesLess(kafka, admin);
            theNoteBesideTheAlertCursorIsReadBack(kafka, admin);
        }
        cutBeforeOffset(5);
        try (var kafka = EmbeddedKafka.start(folder, 0);
                var admin = admin(kafka)) {
            produce(kafka, 10);
            aLogThatWasCutAndGrewAgainIsNoticedByItsLeaderEpoch(kafka, admin);
            whatRetentionTookIsNamed(kafka, admin);
            aChangedNumberOfPartitionsIsNoticed(kafka, admin);
            admin.deleteTopics(List.of(NAMES.input())).all().get();
            new KafkaTopics(admin).createMissing(NAMES, 1);
            assertThat(log(kafka, admin).topicId(SOURCE)).isNotEqualTo(id);
        }
    }

    private void aLogThatWasCutAndGrewAgainIsNoticedByItsLeaderEpoch(EmbeddedKafka kafka, Admin admin) {
        var log = log(kafka, admin);
        assertThat(read(log, 5, -1).leaderEpoch()).isPositive();
        log.verify(SOURCE, 5, 0);
        log.verify(SOURCE, 15, -1);
        assertThat(missing(() -> log.verify(SOURCE, 10, 0)))
                .hasMessageContaining("range [5, 10) of transactions/0")
                .returns(false, RangeMissing::isForgotten);
        assertThat(missing(() -> read(log, 10, 0))).hasMessageContaining("range [5, 10)");
        assertThat(missing(() -> log.verify(SOURCE, 20, -1))).hasMessageContaining("range [15, 20)");
        assertThat(missing(() -> read(log, 20, -1))).hasMessageContaining("range [15, 20)");
    }

    private void whatRetentionTookIsNamed(EmbeddedKafka kafka, Admin admin) throws Exception {
        var partition = new TopicPartition(SOURCE.topic(), 0);
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(7)))
                .all()
                .get();
        var log = log(kafka, admin);
        log.verify(SOURCE, 4, 0);
        assertThat(missing(() -> read(log, 2, -1)))
                .hasMessageContaining("range [2, 7) of transactions/0")
                .returns(true, RangeMissing::isForgotten);
    }

    private void aChangedNumberOfPartitionsIsNoticed(EmbeddedKafka kafka, Admin admin) throws Exception {
        read(log(kafka, admin), 7, -1);
        admin.createPartitions(Map.of(SOURCE.topic(), NewPartitions.increaseTo(3)))
                .all()
                .get();
        assertThat(missing(() -> read(log(kafka, admin), 7, -1)))
                .hasMessageContaining("offset 7 of transactions/0")
                .hasMessageContaining("has 3 partitions and had 1");
    }

    private void theNoteBesideTheAlertCursorIsReadBack(EmbeddedKafka kafka, Admin admin) {
        var note = new CursorNote(3, 10, 5, 0);
        try (var channel = alertLog(kafka, admin).open(SOURCE)) {
            channel.commit(10, note);
        }
        try (var channel = alertLog(kafka, admin).open(SOURCE)) {
            assertThat(channel.cursor()).hasValue(10);
            assertThat(channel.noted()).contains(note);
        }
    }

    private void aDeadLetterAtTheInputsLimitIsWholeAndIsCutWhereTheTopicTakesLess(EmbeddedKafka kafka, Admin admin)
            throws Exception {
        int largest = WantedTopics.INPUT_BATCH_BYTES_MAX - OVERHEAD_BYTES;
        publish(kafka, admin, rejected(0, largest));
        takesAtMost(admin, NAMES.deadLetters(), 100_000);
        publish(kafka, admin, rejected(1, largest));

        var letters = messages(kafka, DEAD_LETTERS);
        assertThat(letters).hasSize(2);
        assertThat(letters.getFirst().value()).hasSize(largest);
        assertThat(letters.getFirst().headers().lastHeader("dq_value_length")).isNull();
        assertThat(letters.getLast().value()).hasSizeBetween(99_000, 100_000);
        assertThat(new String(
                        letters.getLast()
                                .headers()
                                .lastHeader("dq_value_length")
                                .value(),
                        UTF_8))
                .isEqualTo(Integer.toString(largest));
    }

    /** A megabyte of control characters, each of which takes six bytes in JSON and stands in the key besides. */
    private void theLargestAlertIsWholeAndIsCutWhereTheTopicTakesLess(EmbeddedKafka kafka, Admin admin)
            throws Exception {
        var user = "\u0001".repeat(1 << 20);
        publish(kafka, admin, alerted(2, user));
        takesAtMost(admin, NAMES.alerts(), 100_000);
        publish(kafka, admin, alerted(3, user));

        var alerts = messages(kafka, new TopicPartition(NAMES.alerts(), 0));
        assertThat(alerts).hasSize(2);
        assertThat(alerts.getFirst().key()).hasSize(1 << 20);
        assertThat(alerts.getFirst().value()).hasSizeGreaterThan(6 << 20);
        assertThat(alerts.getFirst().headers().lastHeader("alert_cut")).isNull();
        assertThat(alerts.getLast().key()).hasSize(256);
        assertThat(alerts.getLast().value()).hasSizeLessThan(3_000);
        assertThat(new String(alerts.getLast().headers().lastHeader("alert_cut").value(), UTF_8))
                .isEqualTo("user_id=1048576");
        assertThat(new String(alerts.getLast().headers().lastHeader("ce_id").value(), UTF_8))
                .isEqualTo("transactions/0/3");
    }

    private static Judged alerted(long offset, String user) {
        var record = new LogRecord(SOURCE, offset, 0, new byte[0], new byte[0], List.of());
        var transaction = new Transaction("t1", user, 10_000, 0, "EUR", null, null, null, null, null, true);
        var fired = List.of(new FiredRule("known_fraud", 50, "true"));
        return new Judged(
                record,
                new Outcome.Decided(new Decision(
                        transaction,
                        "k1:ab",
                        null,
                        null,
                        null,
                        1,
                        50,
                        Band.HIGH,
                        Double.NaN,
                        fired,
                        new float[0],
                        1,
                        "v1",
                        false,
                        false,
                        true)));
    }

    private static void takesAtMost(Admin admin, String topic, int bytes) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var smaller = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(smaller))).all().get();
    }

    private static void publish(EmbeddedKafka kafka, Admin admin, Judged judged) {
        try (var channel = alertLog(kafka, admin).open(SOURCE)) {
            channel.send(judged);
            channel.commit(judged.record().offset() + 1);
        }
    }

    private static Judged rejected(long offset, int bytes) {
        var record = new LogRecord(SOURCE, offset, 0, "key".getBytes(UTF_8), new byte[bytes], List.of());
        return new Judged(record, new Outcome.Rejected(Reason.NOT_DECODABLE, "no JSON"));
    }

    /** The first fetch that brings something; a poll may come back empty-handed. */
    private static Fetch read(KafkaInputLog log, long from, int leaderEpoch) {
        try (var reader = log.open(SOURCE, from, leaderEpoch)) {
            for (int poll = 0; poll < POLLS_MAX; poll++) {
                var fetch = reader.next();
                if (fetch.next() > fetch.from()) {
                    return fetch;
                }
            }
        }
        throw new AssertionError("nothing came from offset " + from);
    }

    private static RangeMissing missing(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(RangeMissing.class, call);
    }

    private static Map<String, Object> connection(EmbeddedKafka kafka) {
        return Map.of("bootstrap.servers", kafka.bootstrap());
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(connection(kafka));
    }

    private static KafkaInputLog log(EmbeddedKafka kafka, Admin admin) {
        return new KafkaInputLog(connection(kafka), admin, 1);
    }

    private static KafkaAlertLog alertLog(EmbeddedKafka kafka, Admin admin) {
        return new KafkaAlertLog(connection(kafka), admin, NAMES, "test");
    }

    /** Each record in a batch of its own. */
    private static void produce(EmbeddedKafka kafka, int records) throws Exception {
        try (var producer =
                new KafkaProducer<>(connection(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(SOURCE.topic(), 0, null, new byte[10]))
                        .get();
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> messages(EmbeddedKafka kafka, TopicPartition from) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrap(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            long end = consumer.endOffsets(List.of(from)).get(from);
            var messages = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (consumer.position(from) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(messages::add);
            }
            return messages;
        }
    }

    /** As a disk that lost its last writes leaves the log, for a broker that was killed. */
    private void cutBeforeOffset(long offset) throws IOException {
        Files.deleteIfExists(folder.resolve("log/.kafka_cleanshutdown"));
        var segment = folder.resolve("log/transactions-0/00000000000000000000.log");
        try (var file = new RandomAccessFile(segment.toFile(), "rw")) {
            long at = 0;
            while (file.readLong() < offset) {
                at += Long.BYTES + Integer.BYTES + file.readInt();
                file.seek(at);
            }
            file.setLength(at);
        }
    }
}
