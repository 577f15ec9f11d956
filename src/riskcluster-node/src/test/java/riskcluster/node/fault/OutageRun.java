package riskcluster.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import riskcluster.actors.partition.Pace;
import riskcluster.actors.partition.Partition.Described;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;
import riskcluster.lakehouse.read.BatchSql;
import riskcluster.lakehouse.read.LakeCounts;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.node.NodeConfig;
import riskcluster.node.RiskNode;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/** Nodes from which something is taken away while records flow: alerts go on, and everything catches up by itself. */
final class OutageRun {

    private static final int CUSTOMERS = 500;
    static final int RECORDS_PER_SECOND = 500;
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private OutageRun() {}

    /** Takes something away from a node and brings it back. */
    interface Outage {
        void set(NodeConfig config, boolean away) throws Exception;
    }

    /**
     * Side by side, on one input.
     *
     * @param records that are decided and alerted while something is away
     * @param outages what is away from which node
     */
    static void run(Path folder, long records, Map<String, Outage> outages) throws Exception {
        var bank = GeneratorSettings.usual(5).withCustomers(CUSTOMERS).withBadShare(0.01);
        var generator = new Generator(bank, EventClock.natural(EventClock.USUAL_START, CUSTOMERS));
        var nodes = new ArrayList<RiskNode>();
        try (var ground = Ground.start(folder, 2)) {
            var configs = new ArrayList<NodeConfig>();
            for (var name : outages.keySet()) {
                configs.add(ground.cluster(name, "default", Pace.standard(), Duration.ofMillis(500)));
            }
            try (var sender = Sender.start(ground.bootstrap(), generator, RECORDS_PER_SECOND)) {
                for (var config : configs) {
                    nodes.add(start(config));
                }
                for (var node : nodes) {
                    Standing.awaitSealed(node.config(), 2L * RECORDS_PER_SECOND, MOST);
                }
                goesOnDuring(outages, nodes, records);
                var sent = sender.end();
                for (var node : nodes) {
                    Standing.await(node.config(), MOST);
                    assertThat(counted(node)).isEqualTo(sent.size());
                }
            } finally {
                nodes.forEach(RiskNode::close);
            }
        }
    }

    private static RiskNode start(NodeConfig config) {
        return RiskNode.start(config, source -> PartitionMeter.NONE, CommitMeter.NONE, Steps.UNHEARD);
    }

    /** Alerts and their cursor go on for so many records after the partitions have said that something is away. */
    private static void goesOnDuring(Map<String, Outage> outages, List<RiskNode> nodes, long records) throws Exception {
        set(outages, nodes, true);
        try {
            var cursors = new ArrayList<Long>();
            for (var node : nodes) {
                await(node, all -> all.stream().allMatch(each -> each.alarm().isPresent()));
                cursors.add(alertCursors(partitions(node)));
            }
            for (int i = 0; i < nodes.size(); i++) {
                long reached = cursors.get(i) + records;
                await(nodes.get(i), all -> alertCursors(all) >= reached);
                assertThat(partitions(nodes.get(i)))
                        .allSatisfy(each -> assertThat(each.alarm())
                                .hasValueSatisfying(why -> assertThat(why).contains("alerts go on")));
            }
        } finally {
            set(outages, nodes, false);
        }
        for (var node : nodes) {
            await(node, all -> all.stream().allMatch(each -> each.alarm().isEmpty() && each.epoch() > 0));
        }
    }

    private static void set(Map<String, Outage> outages, List<RiskNode> nodes, boolean away) throws Exception {
        for (var node : nodes) {
            var outage = outages.get(node.config().cluster());
            assertThat(outage).isNotNull();
            outage.set(node.config(), away);
        }
    }

    private static long alertCursors(List<Described> partitions) {
        return partitions.stream().mapToLong(Described::alertCursor).sum();
    }

    private static List<Described> partitions(RiskNode node) {
        return node.partitions().toCompletableFuture().join();
    }

    private static void await(RiskNode node, Predicate<List<Described>> holds) {
        long until = System.nanoTime() + MOST.toNanos();
        var seen = "";
        while (System.nanoTime() < until) {
            try {
                var now = partitions(node);
                if (holds.test(now)) {
                    return;
                }
                seen = now.toString();
            } catch (CompletionException noAnswer) {
                seen = noAnswer.toString();
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new AssertionError("it never came to hold; last seen: " + seen);
    }

    static void database(NodeConfig config, boolean away) throws Exception {
        var name = config.cluster();
        try (var connection = DriverManager.getConnection(config.jdbcUrl().replace("/" + name, "/postgres"));
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS " + !away);
            if (away) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            }
        }
    }

    /** A file stands where the folder was: nothing can be written there, not even by root. */
    static void warehouse(NodeConfig config, boolean away) throws IOException {
        var there = Path.of(config.warehouse());
        var aside = there.resolveSibling(config.cluster() + "-aside");
        if (away) {
            Files.move(there, aside);
            Files.createFile(there);
        } else {
            Files.delete(there);
            Files.move(aside, there);
        }
    }

    private static long counted(RiskNode node) {
        var pipeline = node.pipeline();
        try (var sql = new BatchSql(PinnedBatch.newest(pipeline.database(), pipeline.catalog()))) {
            var counts = LakeCounts.of(sql);
            return counts.decided() + counts.duplicates() + counts.rejected();
        }
    }
}
