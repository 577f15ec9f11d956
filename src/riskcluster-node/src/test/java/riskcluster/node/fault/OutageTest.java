package riskcluster.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

/** Postgres and the warehouse go away while records flow: alerts go on, and everything catches up by itself. */
class OutageTest {

    private static final int CUSTOMERS = 500;
    private static final int RECORDS_PER_SECOND = 500;
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    /** Takes something away and brings it back. */
    private interface Outage {
        void set(boolean away) throws Exception;
    }

    @Test
    void alertsGoOnWhilePostgresAndTheWarehouseAreAwayForTwentySeconds() throws Exception {
        run((config, node) -> goesOnDuring(
                away -> {
                    database(config, away);
                    warehouse(config, away);
                },
                node,
                20L * RECORDS_PER_SECOND));
    }

    @Test
    @Tag("full")
    void alertsGoOnWhilePostgresIsAwayForFiveMinutes() throws Exception {
        run((config, node) -> goesOnDuring(away -> database(config, away), node, 300L * RECORDS_PER_SECOND));
    }

    @Test
    @Tag("full")
    void alertsGoOnWhileTheWarehouseIsAwayForFiveMinutes() throws Exception {
        run((config, node) -> goesOnDuring(away -> warehouse(config, away), node, 300L * RECORDS_PER_SECOND));
    }

    /** What happens to a node while records flow. */
    private interface BadDay {
        void on(NodeConfig config, RiskNode node) throws Exception;
    }

    private void run(BadDay day) throws Exception {
        try (var ground = Ground.start(folder, 2)) {
            var config = ground.cluster("outage", "default", Pace.standard(), Duration.ofMillis(500));
            var bank = GeneratorSettings.usual(5).withCustomers(CUSTOMERS).withBadShare(0.01);
            var generator = new Generator(bank, EventClock.natural(EventClock.USUAL_START, CUSTOMERS));
            try (var node = RiskNode.start(config, source -> PartitionMeter.NONE, CommitMeter.NONE, Steps.UNHEARD);
                    var sender = Sender.start(ground.bootstrap(), generator, RECORDS_PER_SECOND)) {
                Standing.awaitSealed(config, 2L * RECORDS_PER_SECOND, MOST);
                day.on(config, node);
                var sent = sender.end();
                Standing.await(config, MOST);
                assertThat(counted(node)).isEqualTo(sent.size());
            }
        }
    }

    /** Alerts and their cursor go on for so many records after the partitions have said that something is away. */
    private static void goesOnDuring(Outage outage, RiskNode node, long records) throws Exception {
        outage.set(true);
        try {
            await(node, all -> all.stream().allMatch(each -> each.alarm().isPresent()));
            long cursors = alertCursors(partitions(node));
            await(node, all -> alertCursors(all) >= cursors + records);
            assertThat(partitions(node))
                    .allSatisfy(each -> assertThat(each.alarm())
                            .hasValueSatisfying(why -> assertThat(why).contains("alerts go on")));
        } finally {
            outage.set(false);
        }
        await(node, all -> all.stream().allMatch(each -> each.alarm().isEmpty() && each.epoch() > 0));
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

    private static void database(NodeConfig config, boolean away) throws Exception {
        var url = config.jdbcUrl().replace("/outage", "/postgres");
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE outage WITH ALLOW_CONNECTIONS " + !away);
            if (away) {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'outage'");
            }
        }
    }

    /** A file stands where the folder was: nothing can be written there, not even by root. */
    private static void warehouse(NodeConfig config, boolean away) throws IOException {
        var there = Path.of(config.warehouse());
        var aside = there.resolveSibling("aside");
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
