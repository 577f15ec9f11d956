package riskcluster.lakehouse.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.LosingDatabase;
import riskcluster.lakehouse.LosingDatabase.Fate;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.catalog.CatalogRows;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.commit.CommitResult.Committed;
import riskcluster.lakehouse.commit.CommitResult.Deposed;
import riskcluster.lakehouse.commit.CommitResult.Nothing;
import riskcluster.lakehouse.commit.CommitSteps.Step;
import riskcluster.lakehouse.ledger.LedgerFailure;
import riskcluster.lakehouse.ledger.Transactions;

class CommitterTest {

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
    void aBatchMakesCheckpointsOfAllPartitionsVisibleInAllTablesAtOnce() {
        lake.seal(0, 5);
        lake.seal(1, 3);
        lake.seal(0, 2);

        var batch = committed(lake.committer().commitOnce());

        assertThat(batch.id()).isEqualTo(1);
        assertThat(batch.records()).isEqualTo(10);
        assertThat(batch.checkpoints()).isEqualTo(3);
        assertThat(batch.rows()).isEqualTo(Map.of("bronze.transactions", 10L, "silver.transactions", 10L));
        assertThat(batch.files()).isEqualTo(Map.of("bronze.transactions", 3, "silver.transactions", 3));
        assertThat(batch.advanced())
                .isEqualTo(Map.of(new LogPartition("transactions", 0), 7L, new LogPartition("transactions", 1), 3L));
        assertThat(batch.oldestSealedAt()).isBeforeOrEqualTo(batch.committedAt());
        lake.assertEverythingOnce();
        for (var table : List.of(Tables.BRONZE_TRANSACTIONS, Tables.SILVER_TRANSACTIONS)) {
            assertThat(lake.table(table).currentSnapshot().summary())
                    .containsEntry("rc.batch-id", "1")
                    .containsEntry("rc.epoch", "1")
                    .containsEntry("rc.offsets", "{\"transactions\":{\"0\":7,\"1\":3}}");
        }
        assertThat(lake.text("SELECT offsets FROM rc_batch")).isEqualTo("{\"transactions\":{\"0\":7,\"1\":3}}");
    }

    @Test
    void offsetsOfPartitionsThatDidNotMoveStayInEveryBatch() {
        var committer = lake.committer();
        lake.seal(0, 5);
        committer.commitOnce();
        lake.seal(11, 2);
        committer.commitOnce();

        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).currentSnapshot().summary())
                .containsEntry("rc.offsets", "{\"transactions\":{\"0\":5,\"11\":2}}");
    }

    @Test
    void aTableWithoutRowsGetsNoSnapshotButStandsInTheBatch() {
        lake.seal(0, 1);
        lake.committer().commitOnce();

        assertThat(lake.table(Tables.BRONZE_REJECTED).currentSnapshot()).isNull();
        assertThat(lake.text("SELECT tables::json -> 'bronze.rejected' ->> 'metadata' FROM rc_batch"))
                .isEqualTo(lake.catalog.load(Tables.BRONZE_REJECTED).metadataFileLocation());
        assertThat(lake.text("SELECT tables::json -> 'bronze.rejected' ->> 'snapshot' FROM rc_batch"))
                .isNull();
    }

    @Test
    void whereNothingWaitsNothingIsWritten() {
        var committer = lake.committer();
        assertThat(committer.commitOnce()).isInstanceOf(Nothing.class);

        assertThat(lake.files.take()).isEmpty();
        assertThat(lake.count("SELECT count(*) FROM rc_batch")).isZero();
    }

    @Test
    void aCommitOfOneCheckpointCostsThreeWritesATableAndFromTheSecondOnOneReadAndOneLookAtALength() {
        var committer = lake.committer();
        lake.seal(0, 5);
        lake.files.take();
        committer.commitOnce();
        assertThat(kinds(lake.files.take()))
                .containsExactlyInAnyOrder(
                        // the tables' metadata, read once in a committer's life
                        "read metadata.json",
                        "read metadata.json",
                        "read metadata.json",
                        "write manifest",
                        "write manifest",
                        "write manifest list",
                        "write manifest list",
                        "write metadata.json",
                        "write metadata.json");
        lake.seal(0, 5);
        lake.files.take();
        committer.commitOnce();
        assertThat(kinds(lake.files.take()))
                .containsExactlyInAnyOrder(
                        "length manifest list",
                        "length manifest list",
                        "read manifest list",
                        "read manifest list",
                        "write manifest",
                        "write manifest",
                        "write manifest list",
                        "write manifest list",
                        "write metadata.json",
                        "write metadata.json");
    }

    @Test
    void aCheckpointCostsOneWriteAndOneLookAtTheLengthForEachFile() {
        lake.seal(0, 5);

        assertThat(kinds(lake.files.take()))
                .containsExactlyInAnyOrder("write data", "write data", "length data", "length data");
    }

    @Test
    void everyFileOfACommitCarriesTheCommittersEpoch() {
        lake.seal(0, 1);
        lake.files.take();
        lake.committer().commitOnce();

        assertThat(lake.files.take())
                .filteredOn(asked -> asked.startsWith("write"))
                .isNotEmpty()
                .allMatch(asked -> asked.contains("committer-e1-"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"HAPPENED", "DID_NOT_HAPPEN"})
    void afterALostAnswerTheBatchIsThereOnceWhateverHappened(Fate fate) {
        var database = new LosingDatabase(lake.database);
        var committer = new Committer(database, lake.catalog, UUID.randomUUID(), step -> {
            if (step == Step.BEFORE_COMMIT) {
                database.loseNext(fate);
            }
        });
        lake.seal(0, 5);

        assertThatThrownBy(committer::commitOnce).isInstanceOf(LedgerFailure.class);
        database.keepAnswers();
        var batch = committed(committer.commitOnce());

        assertThat(batch.id()).isEqualTo(1);
        assertThat(batch.records()).isEqualTo(5);
        lake.assertEverythingOnce();
        assertThat(lake.count("SELECT epoch FROM rc_epoch WHERE scope = 'committer'"))
                .isEqualTo(2);
    }

    @Test
    void aCommitThatLandsLateIsWaitedForAndFound() throws Exception {
        var database = new LosingDatabase(lake.database);
        var committer = lake.committer(database, step -> {
            if (step == Step.BEFORE_COMMIT) {
                database.loseNext(Fate.UNDER_WAY);
            }
        });
        lake.seal(0, 5);
        assertThatThrownBy(committer::commitOnce).isInstanceOf(LedgerFailure.class);

        CompletableFuture<CommitResult> looking = CompletableFuture.supplyAsync(committer::commitOnce);
        awaitWaiter();
        database.land();

        assertThat(committed(looking.get(10, TimeUnit.SECONDS)).records()).isEqualTo(5);
        lake.assertEverythingOnce();
        assertThat(lake.count("SELECT count(*) FROM rc_batch")).isEqualTo(1);
    }

    @Test
    void whatALostAttemptWroteIsDeletedLaterButNeverWhatACheckpointNames() {
        var database = new LosingDatabase(lake.database);
        boolean[] lose = {true};
        var committer = lake.committer(database, step -> {
            if (step == Step.BEFORE_COMMIT && lose[0]) {
                lose[0] = false;
                database.loseNext(Fate.DID_NOT_HAPPEN);
            }
        });
        lake.seal(0, 5);
        lake.files.take();
        assertThatThrownBy(committer::commitOnce).isInstanceOf(LedgerFailure.class);
        List<String> lost = lake.files.take().stream()
                .filter(asked -> asked.startsWith("write "))
                .map(asked -> asked.substring("write ".length()))
                .toList();

        committer.commitOnce();

        assertThat(lost).hasSize(6).allSatisfy(path -> {
            assertThat(Warehouse.localPath(path)).exists();
            assertThat(lake.count("SELECT count(*) FROM rc_deferred_deletion WHERE path = '" + path
                            + "' AND not_before > now() + interval '29 minutes'"))
                    .isEqualTo(1);
        });
        assertThat(lake.count("SELECT count(*) FROM rc_deferred_deletion")).isEqualTo(6);
    }

    @Test
    void aDeposedCommitterChangesNothingAndStaysDeposed() {
        var old = lake.committer();
        lake.seal(0, 5);
        old.commitOnce();
        var now = lake.committer();
        lake.seal(0, 5);
        now.commitOnce();
        lake.seal(0, 5);

        assertThat(old.commitOnce()).isInstanceOf(Deposed.class);
        assertThat(old.commitOnce()).isInstanceOf(Deposed.class);

        assertThat(lake.count("SELECT max(id) FROM rc_batch")).isEqualTo(2);
        assertThat(committed(now.commitOnce()).id()).isEqualTo(3);
        lake.assertEverythingOnce();
    }

    @Test
    void aCommitterWithoutAnswerThatWasDeposedDoesNotTakeTheEpochBack() {
        var database = new LosingDatabase(lake.database);
        var old = lake.committer(database, step -> {
            if (step == Step.BEFORE_COMMIT) {
                database.loseNext(Fate.DID_NOT_HAPPEN);
            }
        });
        lake.seal(0, 5);
        assertThatThrownBy(old::commitOnce).isInstanceOf(LedgerFailure.class);
        var now = lake.committer();
        now.commitOnce();

        assertThat(old.commitOnce()).isInstanceOf(Deposed.class);

        lake.seal(0, 5);
        assertThat(committed(now.commitOnce()).id()).isEqualTo(2);
        lake.assertEverythingOnce();
    }

    @Test
    void aTableThatAnotherEngineWroteToIsStagedAgainWithTheSameFiles() {
        boolean[] moved = {false};
        var committer = lake.committer(lake.database, step -> {
            if (step == Step.METADATA_WRITTEN && !moved[0]) {
                moved[0] = true;
                moveByForeignEngine();
            }
        });
        lake.seal(0, 5);

        committed(committer.commitOnce());

        lake.assertEverythingOnce();
        assertThat(lake.catalog.load(Tables.SILVER_TRANSACTIONS).properties()).containsEntry("foreign", "yes");
        assertThat(lake.count("SELECT count(*) FROM rc_deferred_deletion WHERE path LIKE '%/silver/%/committer-e1-%'"))
                .isEqualTo(2);
        assertThat(lake.count("SELECT count(*) FROM rc_deferred_deletion WHERE path LIKE '%/bronze/%'"))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aCommitterThatDiesAtAnyStepLeavesEverythingOnceToTheNext(Step deadly) {
        lake.seal(0, 5);
        lake.seal(1, 4);
        var dying = lake.committer(lake.database, step -> {
            if (step == deadly) {
                throw new Died();
            }
        });
        assertThatThrownBy(dying::commitOnce).isInstanceOf(Died.class);

        lake.seal(0, 3);
        var next = lake.committer();
        next.commitOnce();

        assertThat(next.commitOnce()).isInstanceOf(Nothing.class);
        lake.assertEverythingOnce();
    }

    @Test
    void checkpointsPastTheBoundWaitForTheNextBatchInTheirOrder() {
        for (int i = 0; i < 401; i++) {
            sealWithoutFiles(i);
        }
        var committer = lake.committer();

        assertThat(committed(committer.commitOnce()).advanced()).containsValue(400L);
        assertThat(committed(committer.commitOnce()).advanced()).containsValue(401L);
        assertThat(committer.commitOnce()).isInstanceOf(Nothing.class);
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

    private void sealWithoutFiles(int number) {
        lake.execute("INSERT INTO rc_checkpoint (topic, partition, from_offset, to_offset, alert_noted,"
                + " watermark_micros, records, files, epoch) VALUES ('transactions', 0, " + number + ", "
                + (number + 1) + ", 0, 0, 0, '[]', 1)");
    }

    private void moveByForeignEngine() {
        TableMetadata base = lake.catalog.load(Tables.SILVER_TRANSACTIONS);
        var foreign = new StagedTable(lake.catalog.warehouse().io(), "foreign-e0", base);
        foreign.commit(
                base,
                TableMetadata.buildFrom(base)
                        .setProperties(Map.of("foreign", "yes"))
                        .build());
        String next = foreign.write().metadataFileLocation();
        assertThat(new Transactions(lake.database)
                        .<Boolean>run(
                                "move by a foreign engine",
                                connection -> CatalogRows.move(
                                        connection, Tables.SILVER_TRANSACTIONS, base.metadataFileLocation(), next)))
                .isTrue();
    }

    /** Returns as soon as some session waits for a lock. */
    private void awaitWaiter() throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (lake.count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == 0) {
            assertThat(System.nanoTime()).as("a session waits for a lock").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static List<String> batchIds(Iterable<Snapshot> snapshots) {
        return StreamSupport.stream(snapshots.spliterator(), false)
                .map(snapshot -> snapshot.summary().get("rc.batch-id"))
                .toList();
    }

    private static BatchSummary committed(CommitResult result) {
        assertThat(result).isInstanceOf(Committed.class);
        return ((Committed) result).batch();
    }

    /** What was asked of the store, by the kind of file. */
    private static List<String> kinds(List<String> asked) {
        return asked.stream().map(CommitterTest::kind).toList();
    }

    private static String kind(String asked) {
        String what = asked.substring(0, asked.indexOf(' ') + 1);
        if (asked.endsWith(".metadata.json")) {
            return what + "metadata.json";
        }
        if (asked.endsWith(".parquet")) {
            return what + "data";
        }
        return what + (asked.contains("snap-") ? "manifest list" : "manifest");
    }

    /** A process that is gone. */
    private static final class Died extends RuntimeException {}
}
