package riskcluster.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.decision.Outcome;

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
        var partition = start();
        var probe = kit.createTestProbe(Partition.Described.class);
        probe.awaitAssert(WAIT_MAX, () -> {
            partition.tell(new Partition.Describe(probe.getRef()));
            assertThat(probe.receiveMessage().alarm())
                    .hasValueSatisfying(why -> assertThat(why).contains("offset 21 of transactions/3"));
            return null;
        });
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
}
