package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.commit.DeferredDeletions;
import riskcluster.lakehouse.commit.Rewrite;
import riskcluster.lakehouse.commit.RewriteResult;
import riskcluster.lakehouse.maintain.MaintainSteps.Step;
import riskcluster.lakehouse.maintain.MaintenanceRun.Outcome;
import riskcluster.lakehouse.read.PinnedBatch;

class MaintenanceFaultTest {

    @TempDir
    private Path folder;

    private TestLake lake;
    private Committer committer;

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
        committer = lake.committer();
        for (int i = 0; i < 6; i++) {
            lake.seal(i % 2, 5);
            committer.commitOnce();
        }
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void whateverItDiesAtEveryRowIsThereOnceAndTheNextOneFinishes(Step deadly) {
        var dying = Upkeep.of(
                lake,
                committer::rewrite,
                Upkeep.everything(),
                step -> {
                    if (step == deadly) {
                        throw new Died();
                    }
                },
                Clock.systemUTC());
        assertThatThrownBy(() -> Upkeep.untilIdle(dying)).isInstanceOf(Died.class);
        lake.assertEverythingOnce();

        var next = lake.committer();
        lake.seal(0, 3);
        next.commitOnce();
        var runs = Upkeep.untilIdle(Upkeep.of(lake, next, Upkeep.everything()));

        assertThat(runs).extracting(MaintenanceRun::outcome).doesNotContain(Outcome.FAILED);
        lake.execute("UPDATE rc_deferred_deletion SET not_before = now() - interval '1 second'");
        new DeferredDeletions(lake.database, lake.catalog.warehouse().io()).deleteDue();
        lake.assertEverythingOnce();
        everyKeptBatchCanBeRead();
        everySnapshotsFilesAreThere();
    }

    @Test
    void aBatchThatComesInBetweenIsKept() {
        var maintenance = Upkeep.of(
                lake,
                rewrite -> {
                    lake.seal(0, 7);
                    committer.commitOnce();
                    return committer.rewrite(rewrite);
                },
                Upkeep.compaction(4));

        var runs = Upkeep.untilIdle(maintenance);

        assertThat(runs).extracting(MaintenanceRun::outcome).containsOnly(Outcome.DONE);
        lake.assertEverythingOnce();
        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).currentSnapshot().summary())
                .containsEntry("total-data-files", "2");
    }

    @Test
    void whatIsStoppedWithItsNodeIsNoFailureAndIsNotLeftAlone() {
        var stops = new AtomicBoolean(true);
        var maintenance = Upkeep.of(
                lake,
                committer::rewrite,
                Upkeep.compaction(4),
                step -> {
                    if (step == Step.CHOSEN && stops.getAndSet(false)) {
                        Thread.currentThread().interrupt();
                    }
                },
                Clock.systemUTC());

        assertThatThrownBy(maintenance::runOnce).isInstanceOf(RuntimeException.class);
        assertThat(Thread.interrupted()).isTrue();

        var runs = Upkeep.untilIdle(maintenance);
        assertThat(runs).extracting(MaintenanceRun::outcome).containsOnly(Outcome.DONE);
        lake.assertEverythingOnce();
    }

    /** They end with the process' first signal, and a node still commits then. */
    @Test
    void neitherBatchesNorMaintenanceNeedIcebergsOwnThreads() {
        try (var gilded = new TestLake(folder.resolve("gilded"), true)) {
            var commits = gilded.committer();
            for (int i = 0; i < 6; i++) {
                gilded.seal(i % 2, 5);
                commits.commitOnce();
            }

            var runs = Upkeep.untilIdle(Upkeep.of(gilded, commits, Upkeep.everything()));

            assertThat(runs).extracting(MaintenanceRun::outcome).containsOnly(Outcome.DONE);
            assertThat(gilded.files.threads())
                    .anyMatch(name -> name.startsWith("manifests"))
                    .noneMatch(name -> name.startsWith("iceberg-"));
        }
    }

    @Test
    void aCompactionOfAnEarlierEpochIsRefused() {
        var now = Upkeep.of(lake, committer, Upkeep.manifests(100));
        var old = Upkeep.of(
                lake,
                rewrite -> {
                    now.runOnce();
                    return committer.rewrite(rewrite);
                },
                Upkeep.compaction(4));
        var before = lake.table(Tables.SILVER_TRANSACTIONS).currentSnapshot().snapshotId();

        assertThat(old.runOnce()).isInstanceOf(Round.Deposed.class);

        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).currentSnapshot().snapshotId())
                .isEqualTo(before);
        assertThat(lake.count("SELECT count(*) FROM rc_rewrite")).isZero();
        assertThat(lake.count("SELECT epoch FROM rc_epoch WHERE scope = 'maintenance'"))
                .isEqualTo(2);
    }

    @Test
    void anAnswerThatIsLostIsFoundUnderANewEpoch() {
        var maintenance = Upkeep.of(
                lake,
                rewrite -> {
                    committer.rewrite(rewrite);
                    throw new IllegalStateException("the answer is lost");
                },
                Upkeep.compaction(4));

        var runs = Upkeep.untilIdle(maintenance);

        assertThat(runs).extracting(MaintenanceRun::outcome).containsOnly(Outcome.DONE);
        assertThat(lake.count("SELECT count(*) FROM rc_rewrite")).isEqualTo(2);
        assertThat(lake.count("SELECT epoch FROM rc_epoch WHERE scope = 'maintenance'"))
                .isEqualTo(3);
        assertThat(lake.count("SELECT count(*) FROM rc_deferred_deletion WHERE path LIKE '%.parquet'"))
                .isZero();
        lake.assertEverythingOnce();
    }

    @Test
    void aRewriteThatComesLateIsRefusedAndItsFileGoes() {
        var late = new ArrayList<Rewrite>();
        var maintenance = Upkeep.of(
                lake,
                rewrite -> {
                    late.add(rewrite);
                    throw new IllegalStateException("still in the mailbox");
                },
                Upkeep.compaction(4));
        var round = (Round.Ran) maintenance.runOnce();

        assertThat(round.run().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(committer.rewrite(late.getFirst())).isInstanceOf(RewriteResult.OwnerDeposed.class);
        assertThat(lake.count("SELECT count(*) FROM rc_deferred_deletion WHERE path LIKE '%/maintenance-e1-%.parquet'"
                        + " AND not_before > now() + interval '29 minutes'"))
                .isEqualTo(1);
        lake.assertEverythingOnce();
    }

    @Test
    void aCommitOfAnotherEngineInBetweenIsBuiltUpon() {
        var maintenance = Upkeep.of(
                lake,
                rewrite -> {
                    ForeignEngine.setProperty(lake, rewrite.table());
                    return committer.rewrite(rewrite);
                },
                Upkeep.compaction(4));

        var runs = Upkeep.untilIdle(maintenance);

        assertThat(runs).extracting(MaintenanceRun::outcome).containsOnly(Outcome.DONE);
        assertThat(lake.catalog.load(Tables.SILVER_TRANSACTIONS).properties()).containsEntry("foreign", "yes");
        lake.assertEverythingOnce();
    }

    @Test
    void aCompactionOfAFileThatAnotherEngineTookAwayIsRefused() {
        boolean[] taken = {false};
        var maintenance = Upkeep.of(
                lake,
                rewrite -> {
                    if (!taken[0]) {
                        taken[0] = true;
                        ForeignEngine.deleteAFile(lake, rewrite.table());
                    }
                    return committer.rewrite(rewrite);
                },
                Upkeep.compaction(4));

        var first = ((Round.Ran) maintenance.runOnce()).run();

        assertThat(first.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(first.why()).contains("Missing required files to delete");
        assertThat(Upkeep.untilIdle(maintenance))
                .extracting(MaintenanceRun::outcome)
                .as("the next look sees the table as it is")
                .containsOnly(Outcome.DONE);
    }

    @Test
    void aMissingFileIsNamedAndTheOtherTablesGoOn() throws IOException {
        DataFile lost = PinnedBatch.newest(lake.database, lake.catalog)
                .table(Tables.BRONZE_TRANSACTIONS)
                .files()
                .getFirst();
        Path path = Warehouse.localPath(lost.location());
        byte[] content = Files.readAllBytes(path);
        Files.delete(path);

        var runs = Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.compaction(4)));

        assertThat(runs)
                .filteredOn(run -> run.outcome() == Outcome.FAILED)
                .singleElement()
                .satisfies(run -> assertThat(run.why()).contains(lost.location()));
        assertThat(runs)
                .filteredOn(run -> run.table().equals("silver.transactions"))
                .extracting(MaintenanceRun::outcome)
                .containsExactly(Outcome.DONE);
        Files.write(path, content);
        lake.assertEverythingOnce();
    }

    @Test
    void halfWrittenMetadataChangesNothingAndTheTableIsWholeOnceItIsThereAgain() throws IOException {
        Path metadata = Warehouse.localPath(
                lake.catalog.load(Tables.BRONZE_TRANSACTIONS).metadataFileLocation());
        byte[] content = Files.readAllBytes(metadata);
        Files.write(metadata, Arrays.copyOf(content, content.length / 2));

        var runs = Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.compaction(4)));

        assertThat(runs)
                .filteredOn(run -> run.outcome() == Outcome.DONE)
                .extracting(MaintenanceRun::table)
                .contains("silver.transactions")
                .doesNotContain("bronze.transactions");
        Files.write(metadata, content);
        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.compaction(4)));
        lake.assertEverythingOnce();
    }

    private void everyKeptBatchCanBeRead() {
        long oldest = lake.count("SELECT min(id) FROM rc_batch");
        long newest = lake.count("SELECT max(id) FROM rc_batch");
        for (long id = oldest; id <= newest; id++) {
            PinnedBatch.at(lake.database, lake.catalog, id)
                    .ifPresent(batch -> assertThat(Content.of(batch, Tables.SILVER_TRANSACTIONS))
                            .startsWith(batch.offsets().byPartition().values().stream()
                                            .mapToLong(Long::longValue)
                                            .sum()
                                    + " rows"));
        }
    }

    private void everySnapshotsFilesAreThere() {
        for (TableDefinition table : Tables.ALL) {
            var metadata = lake.catalog.load(table);
            assertThat(StreamSupport.stream(metadata.snapshots().spliterator(), false)
                            .flatMap(snapshot -> snapshot.allManifests(lake.files).stream()))
                    .allSatisfy(manifest ->
                            assertThat(Warehouse.localPath(manifest.path())).exists());
        }
    }

    /** A process that is gone; no handler of the program hears of it. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1;
    }
}
