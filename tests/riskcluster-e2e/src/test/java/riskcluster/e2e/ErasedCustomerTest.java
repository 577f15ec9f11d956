package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.lakehouse.ledger.StoredErasure.Step;
import riskcluster.node.RiskNode;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;
import riskcluster.node.privacy.Erasures;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.replay.ReplayRun;
import riskcluster.node.terminal.Screen;
import riskcluster.node.view.ReplayView;

/** A customer is erased while a node works and his records go on coming; the judge and a replay stay content. */
@Tag("full")
class ErasedCustomerTest {

    private static final String CUSTOMER = "rusher-3";
    private static final int RECORDS = 4_000;
    private static final int CUSTOMERS = 300;
    private static final Duration STEP_MAX = Duration.ofSeconds(90);

    /** Twelve quiet payments, then eight in each of three rushes. */
    private static final int HIS_RECORDS = 12 + 3 * 8;

    @Test
    void nothingOfHimIsLeftOrComesBackAndTheRestIsAsItWas(@TempDir Path folder) throws Exception {
        try (var machine = OneMachine.start(folder, 4)) {
            var generator = new Generator(
                    GeneratorSettings.usual(11)
                            .withCustomers(CUSTOMERS)
                            .withBadShare(0.02)
                            .withDuplicateShare(0.05),
                    EventClock.endingAt(Instant.now(), CUSTOMERS, 2 * RECORDS));
            var rushers = new Rushers(machine);
            var longAgo = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(300));
            try (var node = machine.node()) {
                rushers.payQuietly(longAgo);
                rushers.rush(longAgo.plus(Duration.ofMinutes(20)));
                machine.send(generator, RECORDS);
                machine.awaitDrained(node);
                ask(machine);
                rushers.rush(Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1)));
                until(machine, node, Step.HISTORY_DROPPED);
                until(machine, node, Step.DONE);
            }
            try (var node = machine.node()) {
                rushers.rush(Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(3)));
                machine.send(generator, RECORDS);
                machine.awaitDrained(node);
            }
            nothingIsFoundAndTheReplayIsEqual(machine);
            var answer = machine.judged();
            assertThat(answer.text())
                    .as(answer.text())
                    .contains("erased.tombstones", "gold.erased_windows", "star: checked", "star.keys_hold");
            assertThat(answer.status()).as(answer.text()).isZero();
        }
    }

    private static void ask(OneMachine machine) throws IOException {
        try (var lake = OpenLake.of(machine.config())) {
            new Erasures(lake).request(CUSTOMER);
        }
    }

    /** Maintenance is asked to go on, so that nobody waits for its pauses. */
    private static void until(OneMachine machine, RiskNode node, Step step) throws IOException {
        try (var lake = OpenLake.of(machine.config())) {
            var erasures = new Erasures(lake);
            Awaitility.await().atMost(STEP_MAX).until(() -> {
                if (step == Step.DONE) {
                    agesTheDeletions(machine); // files that a fenced owner left are found and deferred on the way
                }
                node.upkeep().run().toCompletableFuture().join();
                return erasures.find(CUSTOMER).orElseThrow().step() == step;
            });
        }
    }

    /** As if their half hour were over. */
    private static void agesTheDeletions(OneMachine machine) throws SQLException {
        try (var connection = machine.connection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE rc_deferred_deletion SET not_before = not_before - interval '1 hour'");
            statement.execute("UPDATE rc_erasure SET gone_at = gone_at - interval '1 hour'");
        }
    }

    private static void nothingIsFoundAndTheReplayIsEqual(OneMachine machine) throws IOException {
        try (var lake = OpenLake.of(machine.config())) {
            var proof = new Erasures(lake).prove(CUSTOMER);
            assertThat(proof.found()).isEmpty();
            assertThat(proof.isClean()).isTrue();
            ReplayView replay = ReplayRun.of(
                            Optional.empty(), Optional.empty(), Optional.of(2), Screen.of(false, Map.of()))
                    .quiet(lake);
            assertThat(replay.first()).isEmpty();
            assertThat(replay.equal()).isTrue();
            assertThat(replay.erased()).isEqualTo(HIS_RECORDS);
        }
    }
}
