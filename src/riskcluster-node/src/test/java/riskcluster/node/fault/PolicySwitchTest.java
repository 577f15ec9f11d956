package riskcluster.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.log.KafkaInputLog;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.lakehouse.ledger.LedgerSchema;
import riskcluster.lakehouse.ledger.PostgresLedger;
import riskcluster.node.NodeConfig;
import riskcluster.node.RiskNode;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/** Other rules at a restart decide from a recorded offset on, and a replay switches at the same record. */
class PolicySwitchTest {

    private static final int PARTITIONS = 2;
    private static final int CUSTOMERS = 2_000;
    private static final int RECORDS_PER_SECOND = 2_000;
    private static final Duration MOST = Duration.ofMinutes(2);
    private static final Duration COMMIT = Duration.ofMillis(200);

    /** Profiles are saved so seldom that the second node scores the records of the first one again. */
    private static final Pace PACE =
            new Pace(Duration.ofMillis(25), Duration.ofMillis(300), Duration.ofHours(1), 100_000);

    @TempDir
    private Path folder;

    private Path strict;

    @BeforeEach
    void writeOtherRules() throws Exception {
        strict = folder.resolve("strict.json");
        try (var rules = PolicySwitchTest.class.getResourceAsStream("/rules/default.json")) {
            var text = new String(rules.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(strict, text.replace("\"threshold\": \"5000\"", "\"threshold\": \"100\""));
        }
    }

    @Test
    void otherRulesAtARestartDecideFromARecordedOffsetOnAndReplayDecidesTheSame() throws Exception {
        try (var ground = Ground.start(folder.resolve("ground"), PARTITIONS)) {
            var before = ground.cluster("switched", "default", PACE, COMMIT);
            var after = ground.cluster("switched", strict.toString(), PACE, COMMIT);
            var sent = runThroughASwitch(ground, before, after);
            var switches = switches(after);
            assertThat(switches.keySet()).containsExactlyInAnyOrder(0, 1);
            var versions = switches.get(0).stream().map(PolicySwitch::version).toList();
            assertThat(versionsBySide(after, switches))
                    .containsExactly(Set.of(versions.getFirst()), Set.of(versions.getLast()));
            assertThat(versions).hasSize(2).doesNotHaveDuplicates();

            var replayed = ground.cluster("replayed", strict.toString(), PACE, COMMIT);
            place(replayed, switches);
            try (var node = node(replayed)) {
                Standing.await(node.config(), MOST);
            }

            var comparison = new Comparison(sent);
            comparison.compare(after, replayed);
            assertThat(comparison.findings()).isEmpty();
        }
    }

    /** Records flow all the while. */
    private static Sent runThroughASwitch(Ground ground, NodeConfig before, NodeConfig after) throws Exception {
        var bank = GeneratorSettings.usual(21).withCustomers(CUSTOMERS).withBadShare(0.01);
        var generator = new Generator(bank, EventClock.natural(EventClock.USUAL_START, CUSTOMERS));
        try (var sender = Sender.start(ground.bootstrap(), generator, RECORDS_PER_SECOND)) {
            try (var node = node(before)) {
                Standing.awaitSealed(node.config(), RECORDS_PER_SECOND, MOST);
            }
            try (var node = node(after)) {
                Standing.awaitSealed(node.config(), sender.count() + 2L * RECORDS_PER_SECOND, MOST);
                var sent = sender.end();
                Standing.await(node.config(), MOST);
                return sent;
            }
        }
    }

    private static RiskNode node(NodeConfig config) {
        return RiskNode.start(config, source -> PartitionMeter.NONE, CommitMeter.NONE, Steps.UNHEARD);
    }

    private static Map<Integer, List<PolicySwitch>> switches(NodeConfig config) throws Exception {
        var switches = new HashMap<Integer, List<PolicySwitch>>();
        try (var connection = DriverManager.getConnection(config.jdbcUrl());
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT partition, from_offset, version FROM rc_policy_switch ORDER BY partition, number")) {
            while (row.next()) {
                switches.computeIfAbsent(row.getInt(1), absent -> new ArrayList<>())
                        .add(new PolicySwitch(row.getLong(2), row.getString(3)));
            }
        }
        return switches;
    }

    /** The policy versions of silver's rows before and from the last switch of their partition. */
    private static List<Set<String>> versionsBySide(NodeConfig config, Map<Integer, List<PolicySwitch>> switches)
            throws Exception {
        List<Set<String>> sides = List.of(new HashSet<>(), new HashSet<>());
        try (var database = LedgerPool.open(config.jdbcUrl(), "postgres", "postgres", 2)) {
            var catalog = new LakeCatalog(database, Warehouse.at(config.warehouse()));
            var shelf = new TableShelf(catalog, Tables.SILVER_TRANSACTIONS);
            shelf.rows(row -> {
                var place = shelf.place(row);
                boolean isAfter = place.offset()
                        >= switches.get(place.partition()).getLast().offset();
                sides.get(isAfter ? 1 : 0).add(row.getField("policy_version").toString());
            });
        }
        return sides;
    }

    /** Records the same switches for a cluster that has decided nothing yet. */
    private static void place(NodeConfig config, Map<Integer, List<PolicySwitch>> switches) throws Exception {
        Map<String, Object> kafka = Map.of("bootstrap.servers", config.kafkaBootstrap());
        try (var admin = Admin.create(kafka);
                var database = LedgerPool.open(config.jdbcUrl(), "postgres", "postgres", 2);
                var from = LedgerPool.open(config.jdbcUrl().replace("/replayed", "/switched"), "postgres", "", 2)) {
            LedgerSchema.migrate(database);
            var ledger = new PostgresLedger(database, (source, customers) -> {});
            var told = new PostgresLedger(from, (source, customers) -> {});
            var log = new KafkaInputLog(kafka, admin);
            for (var each : switches.entrySet()) {
                var source = new LogPartition(Ground.INPUT, each.getKey());
                var owner = ledger.take(source, UUID.randomUUID(), log.topicId(source), log.firstOffset(source));
                Optional<PolicySwitch> last = Optional.empty();
                for (var placed : each.getValue()) {
                    var policy = told.policy(placed.version()).orElseThrow();
                    assertThat(ledger.place(owner, source, last, placed.offset(), policy))
                            .isEqualTo(Answer.DONE);
                    last = Optional.of(placed);
                }
            }
        }
    }
}
