package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.commit.DeferredDeletions;
import riskcluster.lakehouse.read.PinnedBatch;

class ExpiryTest {

    @TempDir
    private Path folder;

    private TestLake lake;
    private Committer committer;

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
        committer = lake.committer();
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void whatNoKeptBatchShowsGoesFromEveryTableWithItsFiles() throws IOException {
        fill(4);
        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.compaction(4)));
        fill(4);
        allInOneHour();

        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.expiry(2)));

        assertThat(batches()).containsExactly(7L, 8L);
        assertThat(snapshots(Tables.SILVER_TRANSACTIONS)).containsExactly("7", "8");
        assertThat(snapshots(Tables.BRONZE_TRANSACTIONS)).containsExactly("7", "8");
        delete();
        assertThat(dataFiles(Tables.SILVER_TRANSACTIONS))
                .as("the four that were compacted are gone, what they became and four more are there")
                .hasSize(5);
        assertThat(onDisk("silver/transactions/data")).isEqualTo(dataFiles(Tables.SILVER_TRANSACTIONS));
        everyKeptBatchReadsItsRows();
    }

    /** Who rewrites a table makes snapshots of his own, so that there is something to drop before batches are forgotten. */
    @Test
    void aBatchThatIsNotForgottenYetCanBePinned() {
        fill(4);
        allInOneHour();
        for (int i = 0; i < 3; i++) {
            ForeignEngine.rewriteManifests(lake, Tables.SILVER_TRANSACTIONS);
        }

        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.expiry(2, 3)));

        assertThat(batches()).containsExactly(1L, 2L, 3L, 4L);
        everyKeptBatchReadsItsRows();
    }

    @Test
    void theLastBatchOfEachHourAndDayIsKeptAndTagged() throws IOException {
        fill(8);
        lake.execute("UPDATE rc_batch SET committed_at = timestamptz '2026-03-02 00:10:00+00'"
                + " + make_interval(mins => (20 * (id - 4))::int)"); // from 23:10 the day before to 01:30

        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.expiry(1)));

        assertThat(batches()).containsExactly(3L, 6L, 8L);
        assertThat(lake.catalog.load(Tables.SILVER_TRANSACTIONS).refs())
                .containsOnlyKeys("main", "hour-2026-03-01T23", "hour-2026-03-02T00", "day-2026-03-01");
        assertThat(lake.table(Tables.SILVER_TRANSACTIONS)
                        .snapshot("day-2026-03-01")
                        .summary())
                .containsEntry("rc.batch-id", "3");
        delete();
        everyKeptBatchReadsItsRows();
    }

    @Test
    void aTagGoesWithItsTime() {
        fill(4);
        lake.execute("UPDATE rc_batch SET committed_at = timestamptz '2026-03-02 00:10:00+00'"
                + " + make_interval(hours => id::int)");
        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.expiry(1)));
        fill(2);
        lake.execute("UPDATE rc_batch SET committed_at = timestamptz '2026-04-20 00:10:00+00' WHERE id > 4");

        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.expiry(1)));

        assertThat(batches()).containsExactly(6L);
        assertThat(lake.catalog.load(Tables.SILVER_TRANSACTIONS).refs()).containsOnlyKeys("main");
    }

    @Test
    void aTableThatRarelyChangesKeepsWhatItsOldBatchShows() {
        var source = new LogPartition("transactions", 1);
        lake.seal(source, List.of(Samples.rejected(source, 0, Samples.DAY_ZERO_MICROS)));
        committer.commitOnce();
        fill(6);
        allInOneHour();

        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.expiry(2)));

        assertThat(snapshots(Tables.BRONZE_REJECTED)).containsExactly("1");
        assertThat(lake.coordinates(Tables.BRONZE_REJECTED)).hasSize(1);
    }

    @Test
    void whatAnotherEngineNamesStays() {
        fill(1);
        var table = lake.catalog.load(Tables.SILVER_TRANSACTIONS);
        long named = table.currentSnapshot().snapshotId();
        var committing = new boolean[1];
        fill(5);
        allInOneHour();
        var maintenance = Upkeep.of(
                lake,
                rewrite -> {
                    if (!committing[0] && rewrite.table().equals(Tables.SILVER_TRANSACTIONS)) {
                        committing[0] = true;
                        ForeignEngine.tag(lake, Tables.SILVER_TRANSACTIONS, "audit", named);
                    }
                    return committer.rewrite(rewrite);
                },
                Upkeep.expiry(2));

        var runs = Upkeep.untilIdle(maintenance);

        assertThat(runs)
                .filteredOn(run -> run.outcome() == MaintenanceRun.Outcome.REFUSED)
                .singleElement()
                .satisfies(run -> assertThat(run.why()).contains("another engine names snapshot " + named));
        assertThat(snapshots(Tables.SILVER_TRANSACTIONS)).containsExactly("1", "5", "6");
    }

    private void fill(int batches) {
        for (int i = 0; i < batches; i++) {
            lake.seal(0, 5);
            committer.commitOnce();
        }
    }

    /** So that no tag keeps any of them. */
    private void allInOneHour() {
        lake.execute("UPDATE rc_batch SET committed_at = timestamptz '2026-03-02 00:10:00+00'");
    }

    private void delete() {
        lake.execute("UPDATE rc_deferred_deletion SET not_before = now() - interval '1 second'");
        new DeferredDeletions(lake.database, lake.catalog.warehouse().io()).deleteDue();
    }

    private List<Long> batches() {
        return Arrays.stream(lake.text("SELECT string_agg(id::text, ',' ORDER BY id) FROM rc_batch")
                        .split(","))
                .map(Long::parseLong)
                .toList();
    }

    private void everyKeptBatchReadsItsRows() {
        for (long id : batches()) {
            assertThat(Content.of(
                            PinnedBatch.at(lake.database, lake.catalog, id).orElseThrow(), Tables.SILVER_TRANSACTIONS))
                    .startsWith(5 * id + " rows");
        }
    }

    private List<String> snapshots(TableDefinition table) {
        return lake.catalog.load(table).snapshots().stream()
                .map(snapshot -> snapshot.summary().get("rc.batch-id"))
                .toList();
    }

    /** Every data file that some snapshot shows. */
    private Set<Path> dataFiles(TableDefinition table) throws IOException {
        var files = new HashSet<Path>();
        var metadata = lake.catalog.load(table);
        for (var snapshot : metadata.snapshots()) {
            for (var manifest : snapshot.allManifests(lake.files)) {
                try (var entries = ManifestFiles.read(manifest, lake.files, metadata.specsById())) {
                    for (DataFile file : entries) {
                        files.add(Warehouse.localPath(file.location()));
                    }
                }
            }
        }
        return files;
    }

    private Set<Path> onDisk(String under) throws IOException {
        try (var files = Files.walk(folder.resolve(under))) {
            return new HashSet<>(files.filter(Files::isRegularFile).toList());
        }
    }
}
