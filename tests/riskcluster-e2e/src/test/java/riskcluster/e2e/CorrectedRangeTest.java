package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.node.RiskNode;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;
import riskcluster.node.replay.CorrectionRun;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.replay.ReplayRun;
import riskcluster.node.terminal.Screen;
import riskcluster.node.view.CorrectionView;
import riskcluster.node.view.ReplayView;

/** Ranges are decided again by stricter rules while a node works; the judge and a replay stay content. */
@Tag("full")
class CorrectedRangeTest {

    private static final int RECORDS = 6_000;
    private static final int CUSTOMERS = 400;
    private static final Duration PUBLISHED_MAX = Duration.ofSeconds(60);

    @Test
    void exactlyTheRangeIsReplacedAndAlertsStayAsTheyWereSent(@TempDir Path folder) throws Exception {
        Path stricter = stricter(folder);
        try (var machine = OneMachine.start(folder, 4)) {
            var generator = new Generator(
                    GeneratorSettings.usual(5)
                            .withCustomers(CUSTOMERS)
                            .withBadShare(0.02)
                            .withLateShare(0.05)
                            .withDuplicateShare(0.05),
                    EventClock.endingAt(Instant.now(), CUSTOMERS, 2 * RECORDS));
            try (var node = machine.node(machine.config())) {
                machine.send(generator, RECORDS);
                machine.awaitDrained(node);
                whatCannotBeIsRefused(machine, stricter);
                correct(machine, "1:200,2:0", "1:900,2:400", Optional.of(stricter));
                machine.send(generator, RECORDS);
                awaitPublished(machine, node, 1);
                correct(machine, "1:300", "1:350", Optional.empty());
                awaitPublished(machine, node, 2);
                machine.awaitDrained(node);
            }
            replayIsEqual(machine);
            var answer = machine.judged(
                    "--corrected",
                    "1:200:900:" + stricter,
                    "--corrected",
                    "2:0:400:" + stricter,
                    "--corrected",
                    "1:300:350:");
            assertThat(answer.text())
                    .as(answer.text())
                    .contains("gold.sums", "gold.features", "alerts.body", "star.facts", "star.first_bands");
            assertThat(answer.status()).as(answer.text()).isZero();
            var without = machine.judged();
            assertThat(without.status()).as(without.text()).isNotZero();
            assertThat(without.text()).contains("FAIL silver.points", "FAIL star.dim_customer");
        }
    }

    /** Asks for a correction, once it is seen what it would change. */
    private static void correct(OneMachine machine, String from, String to, Optional<Path> rules) throws IOException {
        try (var lake = OpenLake.of(machine.config())) {
            var decided = run(Optional.of(from), Optional.of(to))
                    .corrected(lake, new CorrectionRun.By(rules.map(Path::toString), Optional.empty()));
            CorrectionView view = decided.view("dry run");
            assertThat(decided.isAny()).isTrue();
            assertThat(view.changed()).isEqualTo(view.decided()).isPositive();
            if (rules.isPresent()) {
                assertThat(view.alertsNotSent()).isPositive();
                assertThat(view.alertsOtherwise()).isPositive();
                assertThat(view.first()).isNotEmpty();
            } else {
                assertThat(view.first()).isEmpty();
            }
            decided.request();
        }
    }

    private static void whatCannotBeIsRefused(OneMachine machine, Path stricter) throws IOException {
        var by = new CorrectionRun.By(Optional.of(stricter.toString()), Optional.empty());
        try (var lake = OpenLake.of(machine.config())) {
            assertThatThrownBy(() ->
                            run(Optional.of("1:0"), Optional.of("1:1000000")).corrected(lake, by))
                    .hasMessageContaining("where batch");
            assertThatThrownBy(() -> run(Optional.of("9:0"), Optional.of("9:1")).corrected(lake, by))
                    .hasMessageContaining("there is no partition 9");
            assertThatThrownBy(() -> run(Optional.of("1:0"), Optional.of("1:100"))
                            .corrected(lake, new CorrectionRun.By(Optional.empty(), Optional.of("0000000"))))
                    .hasMessageContaining("no policy has the version 0000000");
            assertThat(CorrectionRun.corrections(lake)).isEmpty();
        }
    }

    private static void awaitPublished(OneMachine machine, RiskNode node, int count) throws IOException {
        try (var lake = OpenLake.of(machine.config())) {
            Awaitility.await().atMost(PUBLISHED_MAX).until(() -> {
                node.upkeep().run().toCompletableFuture().join();
                return CorrectionRun.corrections(lake).stream()
                                .filter(one -> one.state().equals("published"))
                                .count()
                        == count;
            });
            var last = CorrectionRun.corrections(lake).getLast();
            assertThat(last.changed()).isPositive();
            assertThat(last.batch())
                    .isNotNull()
                    .isLessThanOrEqualTo(
                            PinnedBatch.newest(lake.database(), lake.catalog()).id());
        }
    }

    private static void replayIsEqual(OneMachine machine) throws IOException {
        try (var lake = OpenLake.of(machine.config())) {
            ReplayView replay = run(Optional.empty(), Optional.empty()).quiet(lake);
            assertThat(replay.first()).isEmpty();
            assertThat(replay.equal()).isTrue();
            assertThat(replay.records()).isEqualTo(2 * RECORDS);
        }
    }

    private static ReplayRun run(Optional<String> from, Optional<String> to) {
        return ReplayRun.of(from, to, Optional.of(2), Screen.of(false, Map.of()));
    }

    /** The usual rules, and points for every amount. */
    private static Path stricter(Path folder) throws IOException {
        var json = new ObjectMapper();
        var rules = (ObjectNode)
                json.readTree(PolicyFile.bundled("default").stored().content());
        rules.withArray("rules")
                .addObject()
                .put("id", "any_amount")
                .put("kind", "amount_above")
                .put("threshold", "0")
                .put("points", 40);
        return Files.writeString(folder.resolve("stricter.json"), json.writeValueAsString(rules));
    }
}
