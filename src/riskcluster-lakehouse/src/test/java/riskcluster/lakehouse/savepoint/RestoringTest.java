package riskcluster.lakehouse.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.ledger.StoredProfile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.CommitResult;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.commit.StartCheck;
import riskcluster.lakehouse.ledger.ErasureTable;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.lakehouse.ledger.StoredErasure;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.maintain.Upkeep;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.RowList;

class RestoringTest {

    private static final LogPartition ONE = new LogPartition("transactions", 0);
    private static final LogPartition OTHER = new LogPartition("transactions", 1);
    private static final StoredPolicy OLD = new StoredPolicy(Samples.POLICY, "{\"old\":true}");
    private static final StoredPolicy NEW = new StoredPolicy("f".repeat(64), "{\"new\":true}");

    @TempDir
    private Path folder;

    private TestLake lake;
    private Committer committer;
    private Savepoints savepoints;
    private List<String> before = List.of();

    /** Two partitions with profiles, a savepoint, and then more of everything. */
    @BeforeEach
    void open() throws InterruptedException {
        open(new TestLake(folder));
    }

    private void open(TestLake fresh) throws InterruptedException {
        lake = fresh;
        committer = lake.committer();
        savepoints = new Savepoints(lake.database);
        lake.place(ONE, null, 0, OLD);
        lake.place(OTHER, null, 0, OLD);
        work(12);
        assertThat(lake.save(ONE, 0, List.of(profile("ann", 3), profile("bob", 7))))
                .isEqualTo(Answer.DONE);
        work(5);
        before = rows();
        assertThat(savepoints.create("first", "1", Duration.ZERO)).isInstanceOf(Savepoints.Done.class);
        lake.place(ONE, new PolicySwitch(0, OLD.version()), 40, NEW);
        work(7);
        assertThat(lake.save(ONE, 12, List.of(profile("ann", 20), profile("cid", 22))))
                .isEqualTo(Answer.DONE);
        work(3);
        lake.seal(0, 2); // waits for the committer
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private void work(int records) {
        lake.seal(0, records);
        lake.seal(1, records);
        assertThat(committer.commitOnce()).isInstanceOf(CommitResult.Committed.class);
    }

    private static StoredProfile profile(String user, long last) {
        return new StoredProfile(user, last, new byte[] {1, (byte) last});
    }

    /** How many rows each table has, and a sum over all of their values, whatever their order. */
    private List<String> rows() {
        var each = Tables.ALL.stream()
                .map(table -> "SELECT '" + table.qualifiedName() + ": ' || count(*) || ' rows, '"
                        + " || coalesce(sum(hash(t)::HUGEINT), 0) FROM " + table.qualifiedName() + " t")
                .toList();
        return RowList.of(PinnedBatch.newest(lake.database, lake.catalog), String.join(" UNION ALL ", each))
                .rows()
                .stream()
                .map(row -> String.valueOf(row.getFirst()))
                .sorted()
                .toList();
    }

    private Restoring.Planned look(String name, String semantics) {
        return new Restoring(lake.database, lake.catalog, RestoreSteps.NONE).plan(name, semantics);
    }

    private Restoring.Done restore(RestoreSteps steps) {
        var restoring = new Restoring(lake.database, lake.catalog, steps);
        var plan = (Restoring.Plan) restoring.plan("first", "1");
        return (Restoring.Done) restoring.run(plan, Map.of(ONE, 29L));
    }

    private void theLakeIsAsItWas() {
        assertThat(rows()).isEqualTo(before);
        assertThat(StartCheck.findings(lake.database, lake.catalog)).isEmpty();
        assertThat(lake.text("SELECT string_agg(last_offset::text, ' ' ORDER BY last_offset) FROM rc_profile"))
                .isEqualTo("3 7");
        var one = lake.reopenAt(ONE);
        assertThat(one.data()).isEqualTo(17);
        assertThat(one.profile()).isEqualTo(12);
        assertThat(one.partitionState()).containsExactly(1, 12);
        assertThat(one.switches()).containsExactly(new PolicySwitch(0, OLD.version()));
        assertThat(lake.reopenAt(OTHER).data()).isEqualTo(17);
    }

    @Test
    void tablesProfilesCursorsAndPoliciesGoBackAndTheAlertCursorStays() throws InterruptedException {
        lake.close();
        open(new TestLake(folder.resolve("with-gold"), true));

        var done = restore(RestoreSteps.NONE);

        theLakeIsAsItWas();
        assertThat(done.batch().id()).isEqualTo(done.plan().newest() + 1);
        assertThat(done.batch().offsets()).isEqualTo(done.plan().batch().offsets());
        var cursors = lake.reopenAt(ONE);
        assertThat(cursors.alertNoted()).isEqualTo(29); // what the last checkpoint noted, as if nothing had happened
        assertThat(lake.text("SELECT sealed_before || ' ' || alert_cursor FROM rc_restore_place WHERE partition = 0"))
                .isEqualTo("29 29");
    }

    @Test
    void whatComesAfterIsCommittedOnceAndNeverUnderAnOldNumber() {
        var done = restore(RestoreSteps.NONE);
        lake.reopenAt(ONE);
        lake.reopenAt(OTHER);

        committer = lake.committer();
        work(20);
        work(1);

        lake.assertEverythingOnce();
        assertThat(PinnedBatch.newest(lake.database, lake.catalog).id())
                .isEqualTo(done.batch().id() + 2);
        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).snapshots())
                .extracting(each -> Long.parseLong(each.summary().get("rc.batch-id")))
                .containsExactly(1L, 2L, done.batch().id() + 1, done.batch().id() + 2);
    }

    @Test
    void whoWorkedBeforeCanSealSaveAndCommitNothingAfter() {
        restore(RestoreSteps.NONE);

        assertThat(lake.save(ONE, 24, List.of())).isEqualTo(Answer.FENCED);
        assertThatThrownBy(() -> lake.seal(0, 1)).isInstanceOf(AssertionError.class);
        assertThat(committer.commitOnce()).isInstanceOfAny(CommitResult.Nothing.class, CommitResult.Deposed.class);
        theLakeIsAsItWas();
    }

    @ParameterizedTest
    @EnumSource
    void whoeverDiesAtAStepMayBeginAgain(RestoreSteps.Step deadly) {
        assertThatThrownBy(() -> restore(step -> {
                    if (step == deadly) {
                        throw new IllegalStateException("dies at " + step);
                    }
                }))
                .hasMessageContaining("dies at " + deadly);

        restore(RestoreSteps.NONE);
        theLakeIsAsItWas();
        lake.reopenAt(ONE);
        lake.reopenAt(OTHER);
        committer = lake.committer();
        work(4);
        lake.assertEverythingOnce();
    }

    @Test
    void maintenanceKeepsWhatASavepointShowsUntilItIsDropped() {
        for (int i = 0; i < 6; i++) {
            work(1);
        }
        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.everything()));
        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).refs()).containsKey("savepoint-first");
        restore(RestoreSteps.NONE);
        theLakeIsAsItWas();

        assertThat(savepoints.drop("first")).isTrue();
        assertThat(savepoints.drop("first")).isFalse();
        lake.reopenAt(ONE);
        lake.reopenAt(OTHER);
        committer = lake.committer();
        for (int i = 0; i < 9; i++) {
            work(1);
        }
        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.everything()));
        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).refs()).doesNotContainKey("savepoint-first");
        assertThat(lake.text("SELECT count(*) FROM pg_class WHERE relname LIKE 'rc_savepoint_profile%'"))
                .isEqualTo("0");
    }

    @Test
    void aCorrectionThatIsRolledAwayIsGivenUpAndAnEarlierOneStays() {
        lake.execute("INSERT INTO rc_correction (id, batch) VALUES (gen_random_uuid(), 2), (gen_random_uuid(), 3)");

        restore(RestoreSteps.NONE);

        assertThat(lake.text("SELECT string_agg(coalesce(batch::text, why), ', ' ORDER BY batch) FROM rc_correction"))
                .isEqualTo("2, the lake went back to a savepoint before it");
    }

    @Test
    void aSavepointOfALaterBatchGoesWithWhatItShows() throws InterruptedException {
        assertThat(lake.committer().commitOnce()).isInstanceOf(CommitResult.Committed.class);
        assertThat(savepoints.create("second", "1", Duration.ZERO)).isInstanceOf(Savepoints.Done.class);

        restore(RestoreSteps.NONE);

        assertThat(savepoints.all()).extracting(each -> each.name()).containsExactly("first");
    }

    @Test
    void anErasureDropsSavepointsWithAllTheyHaveAndNoneIsMadeMeanwhile() throws InterruptedException {
        var wish = StoredErasure.wish("k1:tag", "ann", List.of("k1:pseudonym"));
        var transactions = new Transactions(lake.database);
        transactions.run("ask", connection -> {
            ErasureTable.request(connection, wish);
            return true;
        });
        assertThat(savepoints.create("meanwhile", "1", Duration.ZERO))
                .isEqualTo(new Refused(
                        Refused.Why.NOT_NOW,
                        "a customer is being erased or all get new pseudonyms, and it would keep them; wait until that"
                                + " is done"));
        transactions.run("place", connection -> {
            ErasureTable.place(connection, wish);
            return true;
        });

        assertThat(savepoints.all()).isEmpty();
        assertThat(look("first", "1"))
                .isEqualTo(new Refused(Refused.Why.NAME, "there is no savepoint 'first'; there is none at all"));
    }

    @Test
    void noneIsMadeWhileProfilesAreAheadOfWhatIsCommitted() throws InterruptedException {
        assertThat(lake.save(ONE, 24, List.of())).isEqualTo(Answer.DONE);
        assertThat(savepoints.create("ahead", "1", Duration.ZERO))
                .isEqualTo(new Refused(
                        Refused.Why.NOT_NOW,
                        "for 0 s commits have been behind what is saved: profiles of transactions/0 are saved up to 29,"
                                + " batches reach to 27"));

        committer.commitOnce();
        assertThat(savepoints.create("ahead", "1", Duration.ZERO)).isInstanceOf(Savepoints.Done.class);
    }

    @Test
    void whatCannotBeDoneIsSaidAndChangesNothing() throws InterruptedException {
        assertThat(look("frist", "1"))
                .isEqualTo(new Refused(Refused.Why.NAME, "there is no savepoint 'frist'; there are: first"));
        assertThat(look("first", "2")).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.why()).isEqualTo(Refused.Why.UNUSABLE);
            assertThat(refused.what()).contains("semantic version 1, this program has 2");
        });
        assertThat(savepoints.create("first", "1", Duration.ZERO))
                .isEqualTo(new Refused(Refused.Why.NAME, "there is a savepoint first already"));
        assertThat(savepoints.create("No Name", "1", Duration.ZERO)).isInstanceOf(Refused.class);
        try (var node = LedgerPool.open(lake.database.getJdbcUrl(), "postgres", "postgres", 1)) {
            assertThat(node.isRunning()).isTrue();
            assertThat(look("first", "1"))
                    .isEqualTo(
                            new Refused(Refused.Why.NOT_ALONE, "nodes hold sessions in Postgres: stop them all first"));
        }
        lake.execute("DELETE FROM rc_batch WHERE id = 2");
        assertThat(look("first", "1"))
                .isEqualTo(new Refused(
                        Refused.Why.UNUSABLE,
                        "savepoint first can no longer be restored: batch 2 is not kept any more"));
    }
}
