package riskcluster.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.ledger.Pause;
import riskcluster.contracts.metrics.PartitionMeter;

class RestingTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    /** As many nodes together send in a second. */
    private static final int WAKES = 8;

    private static final Pause PAUSE = new Pause("anna", Instant.EPOCH, "the lake moves");

    private final ActorTestKit kit = ActorTestKit.create("resting", ConfigFactory.load());
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

    /** Woken as the cluster does it, all the while. */
    private void until(ActorRef<Partition.Command> partition, BooleanSupplier holds) {
        kit.createTestProbe().awaitAssert(WAIT_MAX, () -> {
            IntStream.range(0, WAKES).forEach(wake -> partition.tell(new Partition.Wake()));
            assertThat(holds.getAsBoolean()).isTrue();
            return null;
        });
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

    private long position(ActorRef<Partition.Command> partition) {
        var probe = kit.createTestProbe(Partition.Described.class);
        partition.tell(new Partition.Describe(probe.getRef()));
        return probe.receiveMessage().position();
    }

    /** No cursor moves by itself here: what is saved was saved because the partition came to rest. */
    @Test
    void aPartitionThatComesToRestHasLetOutSealedAndSavedWhatItRead() {
        world.pace = new Pace(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 1_000);
        world.endOffset = 60;
        var partition = start();
        until(partition, () -> position(partition) == 60);

        world.pause = Optional.of(PAUSE);
        until(partition, () -> world.restsAt == 60);

        assertThat(world.profileCursor).isEqualTo(60);
        eachRecordIsOutOnce(60);
    }

    @Test
    void whileItRestsItDecidesNothingAndGoesOnExactlyThere() {
        world.endOffset = 40;
        var partition = start();
        until(partition, () -> world.profileCursor == 40);
        world.pause = Optional.of(PAUSE);
        until(partition, () -> world.restsAt == 40);

        world.endOffset = 90;
        var looks = world.calls().stream().filter("read cursors"::equals).count() + 3;
        until(
                partition,
                () -> world.calls().stream().filter("read cursors"::equals).count() >= looks);
        assertThat(position(partition)).isEqualTo(40);
        eachRecordIsOutOnce(40);

        world.pause = Optional.empty();
        until(partition, () -> world.profileCursor == 90);
        eachRecordIsOutOnce(90);
        assertThat(world.calls().stream().filter("take"::equals)).hasSize(1);
    }

    @Test
    void itsLagIsToldWhileItRests() {
        var lag = new AtomicLong(-1);
        var rests = new AtomicBoolean();
        world.meter = new PartitionMeter() {
            @Override
            public void lag(long records) {
                lag.set(records);
            }

            @Override
            public void resting(boolean on) {
                rests.set(on);
            }
        };
        world.endOffset = 40;
        var partition = start();
        until(partition, () -> world.profileCursor == 40);
        world.pause = Optional.of(PAUSE);
        until(partition, rests::get);

        world.endOffset = 90;
        until(partition, () -> lag.get() == 50);

        world.pause = Optional.empty();
        until(partition, () -> lag.get() == 0 && !rests.get());
    }

    @Test
    void aNewOwnerRestsFromItsFirstMoment() {
        world.endOffset = 40;
        var first = start();
        until(first, () -> world.profileCursor == 40);
        world.pause = Optional.of(PAUSE);
        until(first, () -> world.restsAt == 40);
        kit.stop(first);

        world.endOffset = 80;
        world.restsAt = -1;
        var second = start();
        until(second, () -> world.restsAt == 40);
        eachRecordIsOutOnce(40);

        world.pause = Optional.empty();
        until(second, () -> world.profileCursor == 80);
        eachRecordIsOutOnce(80);
    }

    @Test
    void aPartitionThatRestsAndWasKilledBeforeItHadSavedDoublesNothing() {
        world.pace = new Pace(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofHours(1), 1_000);
        world.endOffset = 40;
        var first = start();
        until(first, () -> world.dataCursor == 40);
        kit.stop(first);

        world.pause = Optional.of(PAUSE);
        var second = start();
        until(second, () -> world.restsAt == 0);
        assertThat(world.profileCursor).isZero();

        world.endOffset = 70;
        world.pace = new Pace(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(40), 1_000);
        kit.stop(second);
        world.pause = Optional.empty();
        var third = start();
        until(third, () -> world.profileCursor == 70);
        eachRecordIsOutOnce(70);
    }
}
