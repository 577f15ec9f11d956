package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.faults.AlertTimes;
import riskcluster.node.cluster.LocalCluster;
import riskcluster.node.fault.Standing;

/** Three processes as one cluster: one is killed, one leaves, and what is left is right. */
class ThreeNodesTest {

    private static final int PARTITIONS = 6;
    private static final Duration FORMED_MAX = Duration.ofSeconds(120);
    private static final Duration LEFT_MAX = Duration.ofSeconds(60);
    private static final Duration THROUGH_MAX = Duration.ofSeconds(120);

    /** The one that sleeps is given up, and does what it had begun when it wakes: none of it may count. */
    @Test
    @Tag("full")
    void aNodeWithoutTheMajorityEndsItselfAndWhatIsLeftIsRight(@TempDir Path folder) throws Exception {
        try (var machine = OneMachine.start(folder, PARTITIONS);
                var cluster = LocalCluster.of(folder, machine.config(), 3);
                var load = Load.start(machine)) {
            startAll(cluster);
            var sleeper = cluster.node(2);
            sleeper.suspend();
            cluster.awaitEven(FORMED_MAX, 0, 1);
            sleeper.resume();
            assertThat(sleeper.endsWithin(LEFT_MAX)).as("it was given up").isTrue();
            assertThat(sleeper.exitStatus()).isNotZero();

            cluster.start(2);
            cluster.awaitEven(FORMED_MAX);
            cluster.node(0).kill();
            cluster.node(1).kill();
            assertThat(cluster.node(2).endsWithin(LEFT_MAX)).as("one of three").isTrue();
            assertThat(cluster.node(2).exitStatus()).isNotZero();

            startAll(cluster);
            load.end();
            Standing.await(machine.config(), THROUGH_MAX);
            var judged = machine.judged();
            assertThat(judged.status()).as(judged.text()).isZero();
        }
    }

    private static void startAll(LocalCluster cluster) throws Exception {
        for (int node = 0; node < 3; node++) {
            cluster.start(node);
        }
        cluster.awaitEven(FORMED_MAX);
    }

    @Test
    void whatIsLeftIsRightWhenOneNodeIsKilledAndOneLeaves(@TempDir Path folder) throws Exception {
        try (var machine = OneMachine.start(folder, PARTITIONS);
                var cluster = LocalCluster.of(folder, machine.config(), 3);
                var load = Load.start(machine);
                var pauses = AlertTimes.listen(machine.bootstrap())) {
            var began = Instant.now();
            startAll(cluster);
            assertThat(cluster.spread().values())
                    .allSatisfy(here -> assertThat(here).hasSize(PARTITIONS / 3));

            var killed = Instant.now();
            cluster.node(0).kill();
            cluster.awaitEven(FORMED_MAX);
            var left = Instant.now();
            cluster.node(1).leave(LEFT_MAX);
            cluster.awaitEven(FORMED_MAX);
            var ended = Instant.now();

            load.end();
            Standing.await(machine.config(), THROUGH_MAX);
            System.out.println(
                    "formed in " + Duration.between(began, killed).toMillis() + " ms, even after the kill in "
                            + Duration.between(killed, left).toMillis() + " ms, left in "
                            + Duration.between(left, ended).toMillis() + " ms, through in "
                            + Duration.between(ended, Instant.now()).toMillis() + " ms");
            System.out.println("failover after kill -9, ms by partition: " + pauses.longest(killed, left));
            System.out.println("pause of a graceful leave, ms by partition: " + pauses.longest(left, ended));
            var judged = machine.judged();
            assertThat(judged.text()).as(judged.text()).contains("silver");
            assertThat(judged.status()).as(judged.text()).isZero();
        }
    }
}
