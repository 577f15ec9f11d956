package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.table.Tables;
import riskcluster.faults.server.S3Server;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.catalog.WarehouseAccess;
import riskcluster.lakehouse.commit.DeferredDeletions;
import riskcluster.lakehouse.ledger.StoredErasure.Step;
import riskcluster.lakehouse.maintain.MaintenanceRun;
import riskcluster.node.RiskNode;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;
import riskcluster.node.privacy.Erasures;
import riskcluster.node.replay.OpenLake;

/** One identity at the store writes, another deletes, and with no other right everything gets done. */
class S3RightsTest {

    private static final String CUSTOMER = "rusher-3";
    private static final int RECORDS = 50;
    private static final Duration ERASED_MAX = Duration.ofSeconds(120);
    private static final String PREFIX = "house";
    private static final URI ROOT = URI.create("s3://" + S3Server.BUCKET + "/" + PREFIX);
    private static final String ORPHAN = "transactions-0-e0-0123456789abcdef-0.parquet";

    @Test
    void whoWritesDeletesNothing(@TempDir Path folder) throws Exception {
        try (var store = DividedStore.start(Files.createDirectories(folder.resolve("s3")))) {
            var access = TwoIdentities.at(store.endpoint(), folder);
            worked(folder, access, Work.QUICK);

            assertThat(store.refused()).isEmpty();
            assertThat(new HashSet<>(store.allowed()))
                    .containsExactlyInAnyOrder("writer read", "writer write", "upkeep delete");
            rightsAreApart(access);
        }
    }

    @Test
    @Tag("full")
    void theRightsThatAreGivenOutAreEnough(@TempDir Path folder) throws Exception {
        try (var store = VersityServer.startWithRights(Files.createDirectories(folder.resolve("s3")), PREFIX)) {
            var access = TwoIdentities.at(store.endpoint(), folder);
            worked(folder, access, Work.ALL);
            rightsAreApart(access);
        }
    }

    private static void rightsAreApart(WarehouseAccess access) {
        assertThat(Warehouse.mayDelete(ROOT, access.ofWriter())).isFalse();
        assertThat(Warehouse.mayDelete(ROOT, access.ofUpkeep())).isTrue();
    }

    private enum Work {
        ALL(6),
        QUICK(1);

        private final int portions;

        Work(int portions) {
            this.portions = portions;
        }
    }

    private static void worked(Path folder, WarehouseAccess access, Work work) throws Exception {
        try (var machine = OneMachine.start(folder, 2).withWarehouse(ROOT, access)) {
            try (var node = machine.node()) {
                ingest(machine, node, work.portions);
                if (work == Work.ALL) {
                    erase(machine, node);
                }
            }
            theOrphanGoes(machine, work);
        }
    }

    private static void ingest(OneMachine machine, RiskNode node, int portions) {
        var generator = new Generator(
                GeneratorSettings.usual(11).withCustomers(RECORDS),
                EventClock.endingAt(Instant.now(), RECORDS, portions * RECORDS));
        for (int portion = 0; portion < portions; portion++) {
            machine.send(generator, RECORDS);
            machine.awaitDrained(node);
        }
    }

    private static void erase(OneMachine machine, RiskNode node) throws IOException {
        try (var lake = OpenLake.of(machine.config())) {
            var erasures = new Erasures(lake);
            new Rushers(machine).payQuietly(Instant.now().minus(Duration.ofHours(2)));
            machine.awaitDrained(node);
            erasures.request(CUSTOMER);
            Awaitility.await().atMost(ERASED_MAX).until(() -> {
                agesTheDeletions(machine);
                node.upkeep().run().toCompletableFuture().join();
                return erasures.find(CUSTOMER).orElseThrow().step() == Step.DONE;
            });
            assertThat(erasures.prove(CUSTOMER).isClean()).isTrue();
        }
    }

    /** As if their half hour were over. */
    private static void agesTheDeletions(OneMachine machine) throws SQLException {
        try (var connection = machine.connection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE rc_deferred_deletion SET not_before = not_before - interval '1 hour'");
            statement.execute("UPDATE rc_erasure SET gone_at = gone_at - interval '1 hour'");
        }
    }

    private static void theOrphanGoes(OneMachine machine, Work work) throws Exception {
        try (var lake = OpenLake.of(machine.config())) {
            var warehouse = lake.catalog().warehouse();
            var orphan = warehouse.locationOf(Tables.BRONZE_TRANSACTIONS) + "/data/" + ORPHAN;
            try (var out = warehouse.io().newOutputFile(orphan).create()) {
                out.write(1);
            }
            var kinds = Maintained.runDaysLater(machine).stream()
                    .map(MaintenanceRun::kind)
                    .toList();
            assertThat(kinds).contains("orphan sweep");
            if (work == Work.ALL) {
                assertThat(kinds).contains("snapshot expiry").anyMatch(kind -> kind.startsWith("compaction"));
            }
            agesTheDeletions(machine);
            var deletions = new DeferredDeletions(lake.database(), warehouse.io());
            int deleted;
            do {
                deleted = deletions.deleteDue();
            } while (deleted > 0);
            assertThat(warehouse.io().newInputFile(orphan).exists()).isFalse();
        }
    }
}
