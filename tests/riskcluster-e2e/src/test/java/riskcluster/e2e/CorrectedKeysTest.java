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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.lakehouse.ledger.PlacedPolicies;
import riskcluster.node.RiskNode;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;
import riskcluster.node.privacy.Rekeys;
import riskcluster.node.replay.CorrectionRun;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.replay.ReplayRun;
import riskcluster.node.terminal.Screen;
import riskcluster.node.view.CorrectionView;

/** Ranges are corrected before, while and after the key of the pseudonyms changes and the tables are rekeyed. */
@Tag("full")
class CorrectedKeysTest {

    private static final int RECORDS = 2_000;
    private static final int CUSTOMERS = 200;
    private static final Duration UPKEEP_MAX = Duration.ofSeconds(90);

    @Test
    void aCorrectionHoldsWhateverTheNamesAre(@TempDir Path folder) throws Exception {
        Path before = rules(folder, 1, false);
        Path after = rules(folder, 2, false);
        Path stricterBefore = rules(folder, 1, true);
        Path stricterAfter = rules(folder, 2, true);
        try (var machine = OneMachine.start(folder, 4)) {
            var generator = new Generator(
                    GeneratorSettings.usual(29).withCustomers(CUSTOMERS).withDuplicateShare(0.05),
                    EventClock.endingAt(Instant.now(), CUSTOMERS, 2 * RECORDS));
            try (var node = started(machine, before)) {
                machine.send(generator, RECORDS);
                machine.awaitDrained(node);
            }
            addAKey(machine.pseudonymKey());
            try (var lake = OpenLake.of(machine.config())) {
                long change;
                try (var node = started(machine, after)) {
                    awaitSecondKey(lake);
                    machine.send(generator, RECORDS);
                    machine.awaitDrained(node);
                    change = changeOfKeys(lake, 2);
                    ask(lake, "0:0", "0:200", stricterBefore);
                    awaitPublished(node, lake, 1);
                    String across = "2:" + (change + 100);
                    assertThatThrownBy(() -> ask(lake, "2:" + (change - 100), across, stricterBefore))
                            .hasMessageContaining("the pseudonym of");
                }
                ask(lake, "1:0", "1:150", stricterBefore);
                new Rekeys(lake).request();
                try (var node = started(machine, after)) {
                    rekeyComesFirst(node, lake);
                    ask(lake, "2:" + (change - 100), "2:" + (change + 100), stricterAfter);
                    awaitPublished(node, lake, 3);
                }
                assertReplayIsEqual(lake);
                var told = new ArrayList<>(switches(lake, after));
                told.addAll(List.of("--rekeyed", "2"));
                told.addAll(List.of("--corrected", "0:0:200:" + stricterBefore));
                told.addAll(List.of("--corrected", "1:0:150:" + stricterBefore));
                told.addAll(List.of("--corrected", "2:" + (change - 100) + ":" + (change + 100) + ":" + stricterAfter));
                var answer = machine.withRules(before).judged(told.toArray(String[]::new));
                assertThat(answer.status()).as(answer.text()).isZero();
            }
        }
    }

    private static RiskNode started(OneMachine machine, Path rules) {
        return machine.node(machine.withRules(rules).config().withStar(false));
    }

    private static void ask(OpenLake lake, String from, String to, Path rules) {
        var decided = replay(Optional.of(from), Optional.of(to))
                .corrected(lake, new CorrectionRun.By(Optional.of(rules.toString()), Optional.empty()));
        assertThat(decided.isAny()).isTrue();
        decided.request();
    }

    private static void awaitPublished(RiskNode node, OpenLake lake, int count) {
        Awaitility.await().atMost(UPKEEP_MAX).until(() -> {
            node.upkeep().run().toCompletableFuture().join();
            return CorrectionRun.corrections(lake).stream()
                    .allMatch(one -> one.state().equals("published"));
        });
        assertThat(CorrectionRun.corrections(lake)).hasSize(count);
    }

    /** The one that waits is published once all names are new ones. */
    private static void rekeyComesFirst(RiskNode node, OpenLake lake) {
        var rekeys = new Rekeys(lake);
        Awaitility.await().atMost(UPKEEP_MAX).until(() -> {
            CorrectionView.Asked waiting = CorrectionRun.corrections(lake).getLast();
            boolean done = rekeys.all().getFirst().isDone();
            assertThat(done || waiting.state().equals("waiting")).isTrue();
            node.upkeep().run().toCompletableFuture().join();
            return done && waiting.state().equals("published");
        });
        assertThat(rekeys.touched()).allMatch(table -> table.files() == 0);
    }

    private static void assertReplayIsEqual(OpenLake lake) {
        var view = replay(Optional.empty(), Optional.empty()).quiet(lake);
        assertThat(view.first()).isEmpty();
        assertThat(view.equal()).isTrue();
        assertThat(view.records()).isEqualTo(2 * RECORDS);
    }

    private static ReplayRun replay(Optional<String> from, Optional<String> to) {
        return ReplayRun.of(from, to, Optional.of(2), Screen.of(false, Map.of()));
    }

    /** In every partition, so that what is sent from now on has the new names. */
    private static void awaitSecondKey(OpenLake lake) {
        Awaitility.await()
                .atMost(UPKEEP_MAX)
                .until(() -> PlacedPolicies.read(lake.database()).switches().values().stream()
                        .allMatch(placed -> placed.size() == 2));
    }

    /** The first offset of the partition that the second key names. */
    private static long changeOfKeys(OpenLake lake, int partition) {
        return PlacedPolicies.read(lake.database()).switches().entrySet().stream()
                .filter(one -> one.getKey().partition() == partition)
                .findFirst()
                .orElseThrow()
                .getValue()
                .getLast()
                .offset();
    }

    /** As the judge is told them. */
    private static List<String> switches(OpenLake lake, Path rules) {
        var arguments = new ArrayList<String>();
        PlacedPolicies.read(lake.database()).switches().forEach((source, placed) -> {
            assertThat(placed).hasSize(2);
            arguments.add("--switch");
            arguments.add(source.partition() + ":" + placed.getLast().offset() + ":" + rules);
        });
        return arguments;
    }

    /** The usual rules with this key; where they are strict, every amount has points. */
    private static Path rules(Path folder, int keyVersion, boolean strict) throws IOException {
        var json = new ObjectMapper();
        var rules = (ObjectNode)
                json.readTree(PolicyFile.bundled("default").stored().content());
        rules.put("key_version", keyVersion);
        if (strict) {
            rules.withArray("rules")
                    .addObject()
                    .put("id", "any_amount")
                    .put("kind", "amount_above")
                    .put("threshold", "0")
                    .put("points", 40);
        }
        return Files.writeString(
                folder.resolve((strict ? "strict-" : "usual-") + keyVersion + ".json"), json.writeValueAsString(rules));
    }

    /** The old one as the first version, and another. */
    private static void addAKey(Path file) throws IOException {
        var old = HexFormat.of().formatHex(Files.readAllBytes(file));
        Files.writeString(file, "riskcluster pseudonym keys\n1 " + old + "\n2 " + "c0ffee00".repeat(8) + "\n");
    }
}
