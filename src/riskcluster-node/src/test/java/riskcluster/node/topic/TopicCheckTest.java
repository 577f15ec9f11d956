package riskcluster.node.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.lakehouse.ledger.LedgerSchema;
import riskcluster.node.NodeConfig.Mode;
import riskcluster.node.embedded.EmbeddedDatabase;
import riskcluster.node.embedded.EmbeddedKafka;

class TopicCheckTest {

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static EmbeddedDatabase server;
    private static HikariDataSource database;
    private static Admin admin;

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        server = EmbeddedDatabase.start(folder.resolve("postgres"), 0);
        database = LedgerPool.open(server.jdbcUrl(), "postgres", "postgres", 2);
        LedgerSchema.migrate(database);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
    }

    @AfterAll
    static void stop() throws IOException {
        admin.close();
        database.close();
        server.close();
        kafka.close();
    }

    private static TopicNames made(String name) throws InterruptedException {
        var names = new TopicNames(name, name + ".dlq", name + ".alerts", name + ".anomalies");
        var wanted = WantedTopics.of(names, 3, (short) 1, Optional.empty());
        var topics = new KafkaTopics(admin);
        topics.apply(topics.plan(wanted));
        assertThat(topics.plan(wanted).changes()).isEmpty();
        return names;
    }

    /** The broker hears of new partitions a moment after its controller has made them. */
    private static void awaitNothingLeft(KafkaTopics topics, WantedTopics wanted) throws InterruptedException {
        for (int look = 0; look < 1_000; look++) {
            if (topics.plan(wanted).isEmpty()) {
                return;
            }
        }
        assertThat(topics.plan(wanted).changes()).isEmpty();
    }

    private static void check(TopicNames names, int partitions, Mode mode) {
        TopicCheck.check(admin, database, names, partitions, mode);
    }

    @Test
    void topicsThatWereMadeAsWantedAreFine() throws Exception {
        var names = made("fine");

        check(names, 3, Mode.DEVELOPMENT);
        check(names, 3, Mode.DEVELOPMENT);
    }

    @Test
    void aMissingTopicIsRefused() throws Exception {
        var names = made("whole");
        var other = new TopicNames(names.input(), names.deadLetters(), "nowhere", names.anomalyAlerts());

        assertThatThrownBy(() -> check(other, 3, Mode.DEVELOPMENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topic nowhere is missing");
    }

    @Test
    void oneCopyIsRefusedInProduction() throws Exception {
        var names = made("single");

        assertThatThrownBy(() -> check(names, 3, Mode.PRODUCTION))
                .hasMessageContaining("has 1 copies, allowed in production: 2 or more");
    }

    @Test
    void anotherNumberOfPartitionsIsRefusedEvenWhereTheConfigurationFollows() throws Exception {
        var names = made("grown");
        check(names, 3, Mode.DEVELOPMENT);
        for (var name : new String[] {names.input(), names.deadLetters(), names.alerts(), names.anomalyAlerts()}) {
            admin.createPartitions(Map.of(name, NewPartitions.increaseTo(4)))
                    .all()
                    .get();
        }
        awaitNothingLeft(new KafkaTopics(admin), WantedTopics.of(names, 4, (short) 1, Optional.empty()));

        assertThatThrownBy(() -> check(names, 3, Mode.DEVELOPMENT)).hasMessageContaining("has 4 partitions");
        assertThatThrownBy(() -> check(names, 4, Mode.DEVELOPMENT))
                .hasMessageContaining("allowed: the 3 of the first start");
    }
}
