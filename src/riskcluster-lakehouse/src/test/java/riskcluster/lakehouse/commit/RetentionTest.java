package riskcluster.lakehouse.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.catalog.Warehouse;

class RetentionTest {

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void oldMetadataFilesGoAfterTheirGraceAndNotBefore() throws Exception {
        var committer = lake.committer();
        for (int i = 0; i < 8; i++) {
            lake.seal(0, 1);
            committer.commitOnce();
        }
        var deletions =
                new DeferredDeletions(lake.database, lake.catalog.warehouse().io());
        String oldest = lake.text("SELECT path FROM rc_deferred_deletion WHERE path LIKE '%/silver/%00000-%'");
        assertThat(deletions.deleteDue()).isZero();
        assertThat(Warehouse.localPath(oldest)).exists();

        lake.execute("UPDATE rc_deferred_deletion SET not_before = now() - interval '1 second'");

        assertThat(deletions.deleteDue()).isPositive();
        assertThat(Warehouse.localPath(oldest)).doesNotExist();
        assertThat(lake.count("SELECT count(*) FROM rc_deferred_deletion")).isZero();
        lake.assertEverythingOnce();
        try (var metadata = Files.list(folder.resolve("silver/transactions/metadata"))) {
            assertThat(metadata.filter(file -> file.toString().endsWith(".metadata.json")))
                    .as("the newest and its five predecessors")
                    .hasSize(6);
        }
    }

    @Test
    void theCommitterDeletesWhatIsDueEveryTwentyBatches() {
        var committer = lake.committer();
        for (int i = 0; i < 19; i++) {
            lake.seal(0, 1);
            committer.commitOnce();
        }
        lake.execute("UPDATE rc_deferred_deletion SET not_before = now() - interval '1 second'");
        long due = lake.count("SELECT count(*) FROM rc_deferred_deletion");
        lake.files.take();
        lake.seal(0, 1);
        committer.commitOnce();

        assertThat(lake.files.take())
                .filteredOn(asked -> asked.startsWith("delete "))
                .hasSize((int) due)
                .allMatch(asked -> asked.endsWith(".metadata.json"));
    }

    @Test
    void snapshotsOfKeptBatchesAreKeptInEveryTableHoweverOldTheyAre() {
        var committer =
                new Committer(lake.database, lake.catalog, UUID.randomUUID(), CommitSteps.NONE, new Retention(3, 2));
        var source = new LogPartition("transactions", 0);
        lake.seal(source, List.of(Samples.rejected(source, 0, Samples.DAY_ZERO_MICROS)));
        committer.commitOnce();
        for (int i = 0; i < 9; i++) {
            lake.seal(1, 1);
            committer.commitOnce();
        }

        assertThat(lake.count("SELECT min(id) FROM rc_batch")).isEqualTo(8);
        assertThat(lake.count("SELECT min(batch_id) FROM rc_checkpoint")).isEqualTo(8);
        assertThat(batchIds(lake.table(Tables.SILVER_TRANSACTIONS).snapshots())).containsExactly("8", "9", "10");
        assertThat(batchIds(lake.table(Tables.BRONZE_REJECTED).snapshots())).containsExactly("1");
        lake.execute("UPDATE rc_deferred_deletion SET not_before = now() - interval '1 second'");
        new DeferredDeletions(lake.database, lake.catalog.warehouse().io()).deleteDue();
        assertThat(lake.coordinates(Tables.SILVER_TRANSACTIONS)).hasSize(9);
        assertThat(lake.coordinates(Tables.BRONZE_REJECTED)).hasSize(1);
        lake.table(Tables.SILVER_TRANSACTIONS)
                .snapshots()
                .forEach(snapshot ->
                        assertThat(snapshot.allManifests(lake.files)).isNotEmpty());
    }

    @Test
    @Tag("full")
    void manifestsAreMergedBeforeTheyAreTooMany() {
        var committer = lake.committer();
        for (int i = 0; i < 103; i++) {
            lake.seal(0, 1);
            committer.commitOnce();
        }

        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).currentSnapshot().allManifests(lake.files))
                .hasSizeLessThan(10);
        lake.assertEverythingOnce();
    }

    private static List<String> batchIds(Iterable<Snapshot> snapshots) {
        return StreamSupport.stream(snapshots.spliterator(), false)
                .map(snapshot -> snapshot.summary().get("rc.batch-id"))
                .toList();
    }
}
