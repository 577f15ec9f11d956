package riskcluster.node.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.topic.KafkaTopics;

class EmbeddedKafkaTest {
    @TempDir
    Path folder;

    @Test
    void recordsAndOffsetsAreThereAfterARestart() throws Exception {
        try (var first = EmbeddedKafka.start(folder, 0)) {
            KafkaCalls.createTopics(first, 3);
            KafkaCalls.commit(first, "committed");
        }

        try (var second = EmbeddedKafka.start(folder, 0)) {
            assertThat(KafkaCalls.committedAlerts(second)).containsExactly("committed");
            assertThat(committedOffset(second)).isEqualTo(7);
        }
    }

    @Test
    void aKilledBrokerComesBackWithWhatWasCommittedAndNothingElse() throws Exception {
        try (var killed = OtherProcess.of(KafkaProgram.class, folder.toString())) {
            killed.awaitLine("ready");
            killed.kill();
        }

        try (var next = EmbeddedKafka.start(folder, 0)) {
            KafkaCalls.takeOver(next);
            assertThat(KafkaCalls.committedAlerts(next)).containsExactly("committed");
            assertThat(committedOffset(next)).isEqualTo(7);
        }
    }

    @Test
    void transactionsAreOfTheSecondVersion() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, 0);
                var admin = KafkaCalls.admin(kafka)) {
            var features = admin.describeFeatures().featureMetadata().get().finalizedFeatures();

            assertThat(features.get("transaction.version").maxVersionLevel()).isEqualTo((short) 2);
        }
    }

    @Test
    void topicsForgetNothingAndDeadLettersMayBeLargerThanTheInput() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, 0);
                var admin = KafkaCalls.admin(kafka)) {
            new KafkaTopics(admin).createMissing(KafkaCalls.NAMES, 3);
            new KafkaTopics(admin).createMissing(KafkaCalls.NAMES, 3);

            assertThat(admin.listTopics().names().get())
                    .contains("transactions", "transactions.dlq", "alerts", "anomaly_alerts");
            assertThat(setting(
                            admin.describeConfigs(topic("transactions")).all().get(), "retention.ms"))
                    .isEqualTo("-1");
            assertThat(setting(
                            admin.describeConfigs(topic("transactions.dlq"))
                                    .all()
                                    .get(),
                            "max.message.bytes"))
                    .isEqualTo("1114124");
            var described =
                    admin.describeTopics(List.of("alerts")).allTopicNames().get();
            assertThat(described.get("alerts").partitions()).hasSize(3);
        }
    }

    @Test
    void twoBrokersNeverShareAFolder() throws Exception {
        try (var first = EmbeddedKafka.start(folder, 0)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another");
            KafkaCalls.createTopics(first, 1);
        }
    }

    private static long committedOffset(EmbeddedKafka kafka) throws Exception {
        try (var admin = KafkaCalls.admin(kafka)) {
            return admin.listConsumerGroupOffsets(KafkaCalls.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(KafkaCalls.INPUT)
                    .offset();
        }
    }

    private static List<ConfigResource> topic(String name) {
        return List.of(new ConfigResource(ConfigResource.Type.TOPIC, name));
    }

    private static String setting(Map<ConfigResource, Config> described, String name) {
        return described.values().iterator().next().get(name).value();
    }
}
