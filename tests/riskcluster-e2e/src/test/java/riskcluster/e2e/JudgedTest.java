package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.lakehouse.maintain.MaintenanceRun;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.replay.ReplayRun;
import riskcluster.node.terminal.Screen;
import riskcluster.node.view.ReplayView;
import riskcluster.programs.PythonEnvironment;

/** What a node leaves in Kafka and in the lake, held against the contract by a program that shares no code with it. */
class JudgedTest {

    private static final int RECORDS = 16_000;
    private static final int CUSTOMERS = 2_000;

    /** Two rushes of a dozen customers, in windows of two lengths; the generator's customers may have some too. */
    private static final String AT_LEAST_48_ANOMALIES = "anomalies: (4[89]|[5-9]\\d|\\d{3,})";

    private static final Path MODEL = Path.of("src/riskcluster-actors/src/test/resources/model/model.json");

    @Test
    void theJudgeFindsNothingWrongAfterARestartInTheMiddleAndMaintenance(@TempDir Path folder) throws Exception {
        try (var machine = OneMachine.start(folder, 4).withRules(defaultRulesWithAModel(folder))) {
            var generator = generator();
            var rushers = new Rushers(machine);
            var longAgo = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(300));
            try (var node = machine.node()) {
                rushers.payQuietly(longAgo);
                rushers.rush(longAgo.plus(Duration.ofMinutes(20)));
                machine.send(generator, RECORDS / 2);
                machine.awaitDrained(node);
                assertThat(node.upkeep().run().toCompletableFuture().join().runs())
                        .extracting(MaintenanceRun::kind)
                        .contains("orphan sweep");
                Engines.agree(machine, node, folder);
            }
            try (var log = LoggedLines.listen();
                    var collector = new Collector();
                    var node = machine.node(machine.config().withTraces(collector.address()))) {
                rushers.belongTo("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
                machine.send(generator, RECORDS / 2);
                rushers.rush(Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(2)));
                Canary.isKeptWhereBytesAre(machine, node);
                assertThat(node.customer("canary").toCompletableFuture().join()).isNotEmpty();
                log.tellsOfRecordsAndCustomersByPseudonymsOnly();
                assertThat(collector.upTo("process transactions"))
                        .contains("wait in log", "decide", "checkpoint", "commit");
                assertThat(node.upkeep()
                                .history(500)
                                .toCompletableFuture()
                                .join()
                                .runs())
                        .as("the history outlives the node")
                        .extracting(MaintenanceRun::kind)
                        .contains("orphan sweep");
            }
            maintain(machine);
            assertReplayIsEqual(machine, rushers);
            var answer = machine.judged("--nothing-left-over", "0");
            assertThat(answer.text())
                    .as(answer.text())
                    .contains("silver", "gold.each_window_once", "star: checked", "star.keys_hold", "left_over")
                    .containsPattern(AT_LEAST_48_ANOMALIES);
            assertThat(answer.status()).as(answer.text()).isZero();
        }
    }

    private static void maintain(OneMachine machine) throws Exception {
        assertThat(Maintained.run(machine))
                .as("sorted days, manifests, snapshots")
                .allMatch(run -> run.outcome() == MaintenanceRun.Outcome.DONE)
                .extracting(MaintenanceRun::kind)
                .contains("compaction of a closed day", "manifest rewrite", "snapshot expiry");
        assertThat(Maintained.runDaysLater(machine))
                .extracting(MaintenanceRun::kind)
                .contains("orphan sweep");
    }

    private static Generator generator() {
        return new Generator(
                GeneratorSettings.usual(7)
                        .withCustomers(CUSTOMERS)
                        .withBadShare(0.02)
                        .withLateShare(0.05)
                        .withDuplicateShare(0.05),
                EventClock.endingAt(Instant.now(), CUSTOMERS, RECORDS));
    }

    /** The records of two nodes, after a restart and out of sorted files. */
    private static void assertReplayIsEqual(OneMachine machine, Rushers rushers) throws IOException {
        try (var lake = OpenLake.of(machine.config())) {
            var whole = ReplayRun.of(Optional.empty(), Optional.empty(), Optional.of(2), Screen.of(false, Map.of()))
                    .quiet(lake);
            assertThat(whole.first()).isEmpty();
            assertThat(whole.equal()).isTrue();
            assertThat(whole.records()).isEqualTo(RECORDS + rushers.sent() + Canary.SENT);
            assertThat(whole.duplicates()).isPositive();
            assertThat(whole.rejected()).isPositive();
            var part = ReplayRun.of(
                            Optional.of("1:100,2:0"), Optional.of("1:300"), Optional.of(1), Screen.of(false, Map.of()))
                    .quiet(lake);
            assertThat(part.equal()).isTrue();
            assertThat(part.ranges()).containsExactly(new ReplayView.Range("transactions", 1, 100, 300));
            assertThat(part.before()).isEqualTo(100);
            assertThat(part.records()).isEqualTo(200);
        }
    }

    private static Path defaultRulesWithAModel(Path folder) throws IOException {
        Files.copy(PythonEnvironment.project(MODEL), folder.resolve("model.json"));
        var rules = PolicyFile.bundled("default").stored().content().substring(1);
        return Files.writeString(folder.resolve("rules.json"), "{\"model\":\"model.json\"," + rules);
    }
}
