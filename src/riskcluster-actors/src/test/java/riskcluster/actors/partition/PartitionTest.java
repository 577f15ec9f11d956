package riskcluster.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.ledger.StoredProfile;

class PartitionTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private final ActorTestKit kit = ActorTestKit.create("partition", ConfigFactory.load());
    private final FakeWorld world = new FakeWorld();

    @BeforeEach
    void blockingCallsHaveThreadsOfTheirOwn() {
        world.blocking = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private ActorRef<Partition.Command> start() {
        return kit.spawn(Partition.create(Records.SOURCE, world.ports()));
    }

    private void until(BooleanSupplier holds) {
        kit.createTestProbe().awaitAssert(WAIT_MAX, () -> {
            assertThat(holds.getAsBoolean()).isTrue();
            return null;
        });
    }

    private void untilSavedUpTo(long offset) {
        until(() -> world.profileCursor == offset);
    }

    private void eachRecordIsOutOnce(long records) {
        assertThat(world.rows)
                .containsExactlyElementsOf(LongStream.range(0, records).boxed().toList());
        assertThat(world.published)
                .containsExactlyElementsOf(LongStream.range(0, records)
                        .filter(Records::loud)
                        .boxed()
                        .toList());
    }

    @Test
    void everyRecordComesOutOnceAndTheCursorsFollow() {
        world.endOffset = 200;
        start();
        untilSavedUpTo(200);
        eachRecordIsOutOnce(200);
        assertThat(world.saved).hasSize(Records.CUSTOMERS);
    }

    @Test
    void aFencedTenureEndsAndTheNextOneRepeatsNothing() {
        world.endOffset = 100;
        world.refuseOneSeal = true;
        start();
        untilSavedUpTo(100);
        eachRecordIsOutOnce(100);
        assertThat(world.calls().stream().filter("take"::equals)).hasSize(2);
    }

    @Test
    void aPartitionThatIsStoppedAndStartedGoesOnWhereItStopped() {
        world.endOffset = 60;
        var first = start();
        untilSavedUpTo(60);
        kit.stop(first);
        world.endOffset = 120;
        start();
        untilSavedUpTo(120);
        eachRecordIsOutOnce(120);
    }

    /** No cursor moves by itself here: what is saved was saved because the partition was told to go. */
    @Test
    void aPartitionThatLeavesHasSavedWhatItScoredAndEnds() {
        world.pace = new Pace(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 1_000);
        world.endOffset = 60;
        var leaving = start();
        var probe = kit.createTestProbe(Partition.Described.class);
        probe.awaitAssert(WAIT_MAX, () -> {
            leaving.tell(new Partition.Describe(probe.getRef()));
            assertThat(probe.receiveMessage().position()).isEqualTo(60);
            return null;
        });
        leaving.tell(new Partition.Leave());
        kit.createTestProbe().expectTerminated(leaving, WAIT_MAX);

        assertThat(world.profileCursor).isEqualTo(60);
        world.endOffset = 80;
        world.pace = new Pace(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(40), 1_000);
        start();
        untilSavedUpTo(80);
        eachRecordIsOutOnce(80);
    }

    @Test
    void aPartitionThatLeavesWhileItOpensLeavesNoProducerBehind() {
        var opening = start();
        until(() -> world.calls().contains("open producer"));
        opening.tell(new Partition.Leave());
        kit.createTestProbe().expectTerminated(opening, WAIT_MAX);

        var opened = world.calls().stream().filter("open producer"::equals).count();
        until(() -> world.calls().stream().filter("close producer"::equals).count() >= opened);
    }

    @Test
    void idleCustomersLeaveAfterASaveAndComeBackAsTheyWere() {
        world.customersMax = 1;
        world.endOffset = 80;
        start();
        untilSavedUpTo(80);
        world.endOffset = 160;
        untilSavedUpTo(160);
        eachRecordIsOutOnce(160);
        assertThat(world.calls()).anyMatch(call -> call.startsWith("load"));
        assertThat(world.saved.values().stream().mapToLong(each -> each.lastOffset()))
                .contains(159L);
    }

    @Test
    void aMissingRangeStopsThePartitionWithAnAlarmThatNamesIt() {
        world.endOffset = 50;
        world.missingFrom = 21;
        untilAlarmed(start(), why -> why.contains("offset 21 of transactions/3"));
    }

    private void untilAlarmed(ActorRef<Partition.Command> partition, Consumer<AbstractStringAssert<?>> why) {
        described(partition, alarm -> assertThat(alarm).hasValueSatisfying(text -> why.accept(assertThat(text))));
    }

    private void untilCalm(ActorRef<Partition.Command> partition) {
        described(partition, alarm -> assertThat(alarm).isEmpty());
    }

    private void described(ActorRef<Partition.Command> partition, Consumer<Optional<String>> holds) {
        var probe = kit.createTestProbe(Partition.Described.class);
        probe.awaitAssert(WAIT_MAX, () -> {
            partition.tell(new Partition.Describe(probe.getRef()));
            holds.accept(probe.receiveMessage().alarm());
            return null;
        });
    }

    @Test
    void aPartitionWaitsAtARecordWhoseSchemaNobodyKnowsYetAndGoesOnInTheSameTenure() {
        world.wanted = world.wanted.withSchemaRegistry(true);
        world.schemas = id -> new SchemaRegistry.Lookup.Unknown("schema " + id + " is nowhere");
        world.avroAt = 18;
        world.endOffset = 50;
        var partition = start();
        untilAlarmed(partition, why -> why.contains("transactions/3/18").contains("schema 7 is nowhere"));
        untilSavedUpTo(18);
        eachRecordIsOutOnce(18);

        world.schemas = id -> new SchemaRegistry.Lookup.GivenUp("schema " + id + " was given up");
        untilSavedUpTo(50);
        assertThat(world.rows)
                .containsExactlyElementsOf(LongStream.range(0, 50).boxed().toList());
        assertThat(world.published).contains(18L).doesNotHaveDuplicates();
        assertThat(world.calls().stream().filter("take"::equals)).hasSize(1);
        untilCalm(partition);
    }

    @Test
    void alertsGoOnWhilePostgresIsAwayAndEverythingCatchesUpByItself() {
        alertsGoOnWhile(away -> world.postgresAway = away, "Postgres is away");
    }

    @Test
    void alertsGoOnWhileTheStoreIsAwayAndEverythingCatchesUpByItself() {
        alertsGoOnWhile(away -> world.storeAway = away, "the store is away");
    }

    private void alertsGoOnWhile(Consumer<Boolean> away, String why) {
        world.endOffset = 60;
        var partition = start();
        untilSavedUpTo(60);
        away.accept(true);
        world.endOffset = 120;
        untilAlarmed(partition, alarm -> alarm.contains(why).contains("alerts go on"));
        world.endOffset = 180;
        until(() -> world.published.contains(175L));
        until(() -> Long.valueOf(180).equals(world.alertCursor));
        assertThat(world.rows).hasSize(60);

        away.accept(false);
        untilSavedUpTo(180);
        eachRecordIsOutOnce(180);
        untilCalm(partition);
        assertThat(world.calls().stream().filter("take"::equals)).hasSize(2);
    }

    @Test
    void aCustomerWhoMustBeLookedUpHoldsTheOthersBackUntilPostgresAnswers() {
        world.customersMax = 1;
        world.endOffset = 80;
        var partition = start();
        untilSavedUpTo(80);
        world.postgresAway = true;
        world.endOffset = 160;
        untilAlarmed(partition, alarm -> alarm.contains("loading profiles"));
        world.postgresAway = false;
        untilSavedUpTo(160);
        eachRecordIsOutOnce(160);
    }

    @Test
    void aProfileOfANewerProgramMakesThePartitionGiveUp() {
        world.endOffset = 40;
        kit.stop(startedUpTo(40));
        world.saved.replaceAll(
                (user, stored) -> new StoredProfile(user, stored.lastOffset(), new byte[] {99, 0, 0, 0}));
        world.endOffset = 80;
        untilAlarmed(start(), alarm -> alarm.contains("given up").contains("a profile of version 99"));
    }

    private ActorRef<Partition.Command> startedUpTo(long offset) {
        var partition = start();
        untilSavedUpTo(offset);
        return partition;
    }

    @Test
    void anOutcomeCanBeWaitedFor() {
        world.endOffset = 9;
        var partition = start();
        var probe = kit.createTestProbe(Partition.OutcomeShown.class);
        partition.tell(new Partition.AwaitOutcome(10, probe.getRef()));
        world.endOffset = 20;
        assertThat(probe.receiveMessage(WAIT_MAX).outcome()).containsInstanceOf(Outcome.Decided.class);
    }

    @Test
    void aLiveProfileCanBeShown() {
        world.endOffset = 30;
        var partition = start();
        untilSavedUpTo(30);
        var probe = kit.createTestProbe(Partition.CustomerShown.class);
        partition.tell(new Partition.ShowCustomer("c1", probe.getRef()));
        var shown = probe.receiveMessage(WAIT_MAX);
        assertThat(shown.profile())
                .hasValueSatisfying(profile -> assertThat(profile.lastOffset()).isEqualTo(29));
        partition.tell(new Partition.ShowCustomer("nobody", probe.getRef()));
        assertThat(probe.receiveMessage(WAIT_MAX).profile()).isEmpty();
    }

    @Test
    void anIdlePartitionHearsOfAnErasureAndNothingOfTheCustomerComesOutAgain() {
        world.endOffset = 60;
        var partition = start();
        untilSavedUpTo(60);
        world.erase("c1");
        until(() -> {
            partition.tell(new Partition.Wake());
            return !world.acknowledged.isEmpty();
        });
        world.endOffset = 120;
        untilSavedUpTo(120);
        onlyTombstonesOfC1From(60, 120);
        assertThat(world.rows)
                .containsExactlyElementsOf(LongStream.range(0, 120).boxed().toList());
    }

    @Test
    void recordsBetweenTheCursorsAreReadAgainWithoutTheErasedCustomer() {
        world.profileCursor = 40;
        world.dataCursor = 60;
        world.alertCursor = 60L;
        world.endOffset = 80;
        world.erase("c1");
        start();
        untilSavedUpTo(80);
        onlyTombstonesOfC1From(60, 80);
        assertThat(world.rows)
                .containsExactlyElementsOf(LongStream.range(60, 80).boxed().toList());
    }

    private void onlyTombstonesOfC1From(long from, long to) {
        assertThat(world.tombstones)
                .containsExactlyElementsOf(LongStream.range(from, to)
                        .filter(offset -> offset % Records.CUSTOMERS == 1)
                        .boxed()
                        .toList());
        assertThat(world.published)
                .noneMatch(offset -> offset >= from && offset % Records.CUSTOMERS == 1)
                .contains(70L, 75L);
        assertThat(world.saved).doesNotContainKey("c1").containsKey("c2");
    }
}
