package riskcluster.lakehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.ledger.Cursors;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.ledger.ProfileCut;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.ledger.StoredProfile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.TestDatabase;

class PostgresLedgerTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);
    private static final StoredPolicy POLICY = new StoredPolicy("v1", "{}");

    private final HikariDataSource database = TestDatabase.open();
    private final List<String> alarms = new ArrayList<>();
    private final PostgresLedger ledger =
            new PostgresLedger(database, (source, customers) -> alarms.add(source + " " + customers));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theFirstTakingStartsTheCursorsAndNotesTheTopicsId() {
        Ownership owner = ledger.take(SOURCE, UUID.randomUUID(), "topic-id", 17);

        Cursors cursors = ledger.read(owner, SOURCE).orElseThrow();
        assertThat(owner.epoch()).isEqualTo(1);
        assertThat(cursors.topicId()).isEqualTo("topic-id");
        assertThat(cursors.data()).isEqualTo(17);
        assertThat(cursors.profile()).isEqualTo(17);
        assertThat(cursors.alertNoted()).isZero();
        assertThat(cursors.leaderEpoch()).isEqualTo(-1);
        assertThat(cursors.partitionState()).isEmpty();
        assertThat(cursors.switches()).isEmpty();
    }

    @Test
    void aLaterTakingLeavesCursorsAndTopicIdAsTheyAre() {
        Ownership first = take();
        ledger.seal(first, checkpoint(0, 10));

        Ownership second = ledger.take(SOURCE, UUID.randomUUID(), "another-topic", 99);

        Cursors cursors = ledger.read(second, SOURCE).orElseThrow();
        assertThat(second.epoch()).isEqualTo(2);
        assertThat(cursors.topicId()).isEqualTo("topic-id");
        assertThat(cursors.data()).isEqualTo(10);
        assertThat(cursors.alertNoted()).isEqualTo(10);
    }

    @Test
    void anOlderEpochCanNeitherReadNorSealNorSaveNorPlace() {
        Ownership stale = take();
        Ownership owner = take();

        assertThat(ledger.read(stale, SOURCE)).isEmpty();
        assertThat(ledger.seal(stale, checkpoint(0, 10))).isEqualTo(Answer.FENCED);
        assertThat(ledger.save(stale, cut(0, 10, profile("a", 9)))).isEqualTo(Answer.FENCED);
        assertThat(ledger.place(stale, SOURCE, Optional.empty(), 0, POLICY)).isEqualTo(Answer.FENCED);
        assertUntouched(owner);
    }

    @Test
    void anotherIncarnationWithTheSameNumberIsFenced() {
        Ownership owner = take();
        var twin = new Ownership(owner.scope(), owner.epoch(), UUID.randomUUID());

        assertThat(ledger.read(twin, SOURCE)).isEmpty();
        assertThat(ledger.seal(twin, checkpoint(0, 10))).isEqualTo(Answer.FENCED);
        assertThat(ledger.save(twin, cut(0, 10, profile("a", 9)))).isEqualTo(Answer.FENCED);
        assertThat(ledger.place(twin, SOURCE, Optional.empty(), 0, POLICY)).isEqualTo(Answer.FENCED);
        assertUntouched(owner);
    }

    @Test
    void checkpointsFormAChain() {
        Ownership owner = take();

        assertThat(ledger.seal(owner, checkpoint(0, 10))).isEqualTo(Answer.DONE);
        assertThat(ledger.seal(owner, checkpoint(0, 10))).isEqualTo(Answer.MOVED);
        assertThat(ledger.seal(owner, checkpoint(11, 20))).isEqualTo(Answer.MOVED);
        assertThat(ledger.seal(owner, checkpoint(10, 20))).isEqualTo(Answer.DONE);
        assertThat(ledger.read(owner, SOURCE).orElseThrow().data()).isEqualTo(20);
        assertThat(count("SELECT count(*) FROM rc_checkpoint")).isEqualTo(2);
    }

    @Test
    void profilesAreSavedWithTheirCursorAndComeBack() {
        Ownership owner = take();
        var changed =
                IntStream.range(0, 4_500).mapToObj(i -> profile("u" + i, i)).toList();

        assertThat(ledger.save(owner, new ProfileCut(SOURCE, 0, 5_000, 3, new byte[] {1, 2}, changed)))
                .isEqualTo(Answer.DONE);
        assertThat(ledger.save(owner, cut(5_000, 5_001, profile("u7", 5_000)))).isEqualTo(Answer.DONE);

        var back = ledger.profiles(SOURCE, List.of("u7", "u4499", "never seen"));
        assertThat(back)
                .extracting(StoredProfile::userId, StoredProfile::lastOffset)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("u7", 5_000L),
                        org.assertj.core.groups.Tuple.tuple("u4499", 4_499L));
        assertThat(back)
                .allSatisfy(one -> assertThat(one.content()).isEqualTo(content(one.userId(), one.lastOffset())));
        Cursors cursors = ledger.read(owner, SOURCE).orElseThrow();
        assertThat(cursors.profile()).isEqualTo(5_001);
        assertThat(cursors.leaderEpoch()).isEqualTo(4);
    }

    /** A profile is encoded when it is asked for. */
    @Test
    void eachProfileOfACutIsAskedForOnce() {
        Ownership owner = take();
        var asked = new int[4_500];
        var changed = new AbstractList<StoredProfile>() {
            @Override
            public StoredProfile get(int index) {
                asked[index]++;
                return profile("u" + index, index);
            }

            @Override
            public int size() {
                return asked.length;
            }
        };

        assertThat(ledger.save(owner, new ProfileCut(SOURCE, 0, 5_000, 3, new byte[0], changed)))
                .isEqualTo(Answer.DONE);

        assertThat(asked).containsOnly(1);
    }

    @Test
    void aSaveFromAnotherCursorChangesNothing() {
        Ownership owner = take();
        ledger.save(owner, cut(0, 10, profile("a", 9)));

        assertThat(ledger.save(owner, cut(0, 8, profile("a", 7)))).isEqualTo(Answer.MOVED);

        assertThat(ledger.profiles(SOURCE, List.of("a")).getFirst().lastOffset())
                .isEqualTo(9);
        assertThat(ledger.read(owner, SOURCE).orElseThrow().profile()).isEqualTo(10);
    }

    @Test
    void aCustomerOfTwoPartitionsRaisesTheAlarm() {
        var other = new LogPartition("transactions", 1);
        Ownership here = take();
        Ownership there = ledger.take(other, UUID.randomUUID(), "topic-id", 0);
        ledger.save(here, cut(0, 10, profile("a", 8), profile("b", 9)));
        assertThat(alarms).isEmpty();

        ledger.save(there, new ProfileCut(other, 0, 5, -1, new byte[0], List.of(profile("b", 3), profile("c", 4))));

        assertThat(alarms).containsExactly("transactions/1 1");
    }

    @Test
    void switchesComeBackInTheirOrderWithTheirPolicies() {
        Ownership owner = take();
        var second = new StoredPolicy("v2", "{\"second\":true}");

        assertThat(ledger.place(owner, SOURCE, Optional.empty(), 0, POLICY)).isEqualTo(Answer.DONE);
        assertThat(ledger.place(owner, SOURCE, Optional.of(new PolicySwitch(0, "v1")), 40, second))
                .isEqualTo(Answer.DONE);
        assertThat(ledger.place(owner, SOURCE, Optional.of(new PolicySwitch(40, "v2")), 40, POLICY))
                .isEqualTo(Answer.DONE);

        assertThat(ledger.read(owner, SOURCE).orElseThrow().switches())
                .containsExactly(new PolicySwitch(0, "v1"), new PolicySwitch(40, "v2"), new PolicySwitch(40, "v1"));
        assertThat(ledger.policy("v2")).contains(second);
        assertThat(ledger.policy("v3")).isEmpty();
    }

    @Test
    void aSwitchAfterAnotherThanTheLastOrBeforeItIsRefused() {
        Ownership owner = take();
        ledger.place(owner, SOURCE, Optional.empty(), 10, POLICY);
        var last = Optional.of(new PolicySwitch(10, "v1"));
        var next = new StoredPolicy("v2", "{}");

        assertThat(ledger.place(owner, SOURCE, Optional.empty(), 20, next)).isEqualTo(Answer.MOVED);
        assertThat(ledger.place(owner, SOURCE, Optional.of(new PolicySwitch(9, "v1")), 20, next))
                .isEqualTo(Answer.MOVED);
        assertThat(ledger.place(owner, SOURCE, last, 9, next)).isEqualTo(Answer.MOVED);
        assertThat(ledger.policy("v2")).isEmpty();
        assertThat(ledger.read(owner, SOURCE).orElseThrow().switches()).hasSize(1);
    }

    @Test
    void aTakingWaitsForATransactionThatHoldsTheEpochAndSeesWhatItDid() throws Exception {
        Ownership old = take();
        try (Connection late = database.getConnection()) {
            assertThat(Fence.hold(late, old)).isTrue();
            CompletableFuture<Ownership> taking = CompletableFuture.supplyAsync(this::take);
            awaitWaiter();
            assertThat(taking).isNotDone();
            assertThat(CursorRows.moveData(late, checkpoint(0, 10))).isTrue();
            late.commit();

            Ownership owner = taking.get(10, TimeUnit.SECONDS);
            assertThat(ledger.read(owner, SOURCE).orElseThrow().data()).isEqualTo(10);
        }
    }

    @Test
    void aTransactionThatArrivesAfterTheTakingIsFencedThoughItsCursorIsRight() {
        Ownership old = take();
        Ownership owner = take();
        ledger.seal(owner, checkpoint(0, 10));

        assertThat(ledger.seal(old, checkpoint(10, 20))).isEqualTo(Answer.FENCED);
        assertThat(ledger.save(old, cut(0, 10, profile("a", 3)))).isEqualTo(Answer.FENCED);
        assertThat(ledger.read(owner, SOURCE).orElseThrow().data()).isEqualTo(10);
    }

    @Test
    void twoTransactionsOfOneEpochMoveACursorOnce() throws Exception {
        Ownership owner = take();
        try (Connection first = database.getConnection()) {
            assertThat(Fence.hold(first, owner)).isTrue();
            assertThat(CursorRows.moveProfile(first, cut(0, 10, profile("a", 9))))
                    .isTrue();
            CompletableFuture<Answer> second =
                    CompletableFuture.supplyAsync(() -> ledger.save(owner, cut(0, 5, profile("a", 4))));
            awaitWaiter();
            first.commit();

            assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(Answer.MOVED);
        }
    }

    @Test
    void aStoppedHolderLosesItsTransactionSoThatTheNextOwnerNeedNotWaitForIt() throws Exception {
        Ownership old = take();
        Connection stopped = database.getConnection();
        assertThat(Fence.hold(stopped, old)).isTrue();

        Ownership owner = take();

        assertThat(owner.epoch()).isEqualTo(2);
        assertThat(stopped.isValid(5)).isFalse();
        database.evictConnection(stopped);
    }

    @Test
    void migratingAgainChangesNothing() {
        Ownership owner = take();

        LedgerSchema.migrate(database);

        assertThat(ledger.read(owner, SOURCE)).isPresent();
        assertThat(count("SELECT count(*) FROM rc_schema")).isEqualTo(LedgerSchema.VERSION);
    }

    private void assertUntouched(Ownership owner) {
        Cursors cursors = ledger.read(owner, SOURCE).orElseThrow();
        assertThat(cursors.data()).isZero();
        assertThat(cursors.profile()).isZero();
        assertThat(cursors.switches()).isEmpty();
        assertThat(ledger.profiles(SOURCE, List.of("a"))).isEmpty();
        assertThat(count("SELECT count(*) FROM rc_checkpoint")).isZero();
        assertThat(ledger.policy("v1")).isEmpty();
    }

    private Ownership take() {
        return ledger.take(SOURCE, UUID.randomUUID(), "topic-id", 0);
    }

    private static Checkpoint checkpoint(long from, long to) {
        return new Checkpoint(
                SOURCE, from, to, to, Long.MIN_VALUE, to - from, List.of(new StagedFile("a.b", "p", 1, 2, "{}")));
    }

    private static ProfileCut cut(long from, long to, StoredProfile... changed) {
        return new ProfileCut(SOURCE, from, to, 4, new byte[0], List.of(changed));
    }

    private static StoredProfile profile(String user, long offset) {
        return new StoredProfile(user, offset, content(user, offset));
    }

    private static byte[] content(String user, long offset) {
        return new byte[] {(byte) user.length(), (byte) offset, 0, -1};
    }

    /** Returns as soon as some session waits for a lock. */
    private void awaitWaiter() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == 0) {
            assertThat(System.nanoTime()).as("a session waits for a lock").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private long count(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            long count = row.getLong(1);
            connection.rollback();
            return count;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
