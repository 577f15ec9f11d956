package riskcluster.lakehouse.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.TableMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.LosingDatabase;
import riskcluster.lakehouse.LosingDatabase.Fate;
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

class CommitterFaultTest {

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

    private static BatchSummary committed(CommitResult result) {
        assertThat(result).isInstanceOf(Committed.class);
        return ((Committed) result).batch();
    }

    /** A process that is gone. */
    private static final class Died extends RuntimeException {}
}
