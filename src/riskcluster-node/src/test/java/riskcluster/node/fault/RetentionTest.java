package riskcluster.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;
import riskcluster.node.NodeConfig;
import riskcluster.node.RiskNode;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/** Retention takes the records between the profile cursor and the data cursor: they are replayed from bronze. */
@Tag("full")
class RetentionTest {

    private static final int CUSTOMERS = 2_000;
    private static final int RECORDS_PER_SECOND = 2_000;
    private static final Duration MOST = Duration.ofMinutes(2);
    private static final Duration COMMIT = Duration.ofMillis(200);

    /** Profiles are never saved: the second node must score everything again. */
    private static final Pace PACE =
            new Pace(Duration.ofMillis(25), Duration.ofMillis(300), Duration.ofHours(1), 100_000);

    @TempDir
    private Path folder;

    @Test
    void whatRetentionTookFromUnderTheProfileCursorDecidesTheSameFromTheLake() throws Exception {
        try (var ground = Ground.start(folder, 2)) {
            var overtaken = ground.cluster("overtaken", "default", PACE, COMMIT);
            var kept = ground.cluster("kept", "default", PACE, COMMIT);
            var sent = runForAWhile(ground, overtaken);
            drain(kept);
            delete(overtaken, sealed(overtaken));

            drain(overtaken);

            var comparison = new Comparison(sent);
            comparison.compare(overtaken, kept);
            assertThat(comparison.findings()).isEmpty();
        }
    }

    private static Sent runForAWhile(Ground ground, NodeConfig config) throws Exception {
        var bank = GeneratorSettings.usual(33).withCustomers(CUSTOMERS).withBadShare(0.01);
        var generator = new Generator(bank, EventClock.natural(EventClock.USUAL_START, CUSTOMERS));
        try (var sender = Sender.start(ground.bootstrap(), generator, RECORDS_PER_SECOND)) {
            try (var node = node(config)) {
                Standing.awaitSealed(node.config(), 2L * RECORDS_PER_SECOND, MOST);
            }
            return sender.end();
        }
    }

    private static void drain(NodeConfig config) throws Exception {
        try (var node = node(config)) {
            Standing.await(node.config(), MOST);
        }
    }

    private static RiskNode node(NodeConfig config) {
        return RiskNode.start(config, source -> PartitionMeter.NONE, CommitMeter.NONE, Steps.UNHEARD);
    }

    private static Map<TopicPartition, RecordsToDelete> sealed(NodeConfig config) throws Exception {
        var sealed = new HashMap<TopicPartition, RecordsToDelete>();
        try (var connection = DriverManager.getConnection(config.jdbcUrl());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT partition, position FROM rc_data_cursor")) {
            while (row.next()) {
                assertThat(row.getLong(2)).isPositive();
                sealed.put(
                        new TopicPartition(Ground.INPUT, row.getInt(1)), RecordsToDelete.beforeOffset(row.getLong(2)));
            }
        }
        return sealed;
    }

    private static void delete(NodeConfig config, Map<TopicPartition, RecordsToDelete> before) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", config.kafkaBootstrap()))) {
            admin.deleteRecords(before).all().get();
        }
    }
}
