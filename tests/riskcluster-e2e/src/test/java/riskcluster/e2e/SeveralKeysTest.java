package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;
import riskcluster.node.privacy.Rekeys;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.replay.ReplayRun;
import riskcluster.node.terminal.Screen;
import riskcluster.node.view.ReplayView;

/** The key of the pseudonyms changes while records flow; the judge and a replay know every record's own. */
@Tag("full")
class SeveralKeysTest {

    private static final int RECORDS = 3_000;
    private static final int CUSTOMERS = 300;
    private static final Duration REKEY_MAX = Duration.ofSeconds(90);

    @Test
    void eachRecordHasThePseudonymsOfItsPolicy(@TempDir Path folder) throws Exception {
        var before = rules(folder, 1);
        var after = rules(folder, 2);
        try (var machine = OneMachine.start(folder, 4)) {
            var generator = new Generator(
                    GeneratorSettings.usual(23).withCustomers(CUSTOMERS).withDuplicateShare(0.05),
                    EventClock.endingAt(Instant.now(), CUSTOMERS, 3 * RECORDS));
            var rushers = new Rushers(machine);
            var longAgo = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(300));
            var config = machine.config();
            try (var node = machine.node(machine.withRules(before).config())) {
                rushers.payQuietly(longAgo);
                rushers.rush(longAgo.plus(Duration.ofMinutes(20)));
                machine.send(generator, RECORDS);
                machine.awaitDrained(node);
            }
            addAKey(machine.pseudonymKey());
            try (var node = machine.node(machine.withRules(after).config())) {
                machine.send(generator, RECORDS);
                machine.awaitDrained(node);
            }
            List<String> switches;
            try (var lake = OpenLake.of(config)) {
                assertReplayIsEqual(lake, 2 * RECORDS + rushers.sent());
                switches = switches(lake, after);
            }
            assertThat(switches).hasSize(2 * 4);
            var answer = machine.withRules(before).judged(switches.toArray(String[]::new));
            assertThat(answer.text()).contains("silver.customer_key");
            assertThat(answer.status()).as(answer.text()).isZero();
            rekey(machine, after, generator, rushers);
            List<String> rekeyed = new ArrayList<>(switches);
            rekeyed.addAll(List.of("--rekeyed", "2"));
            var again = machine.withRules(before).judged(rekeyed.toArray(String[]::new));
            assertThat(again.text()).contains("star.former_names");
            assertThat(again.status()).as(again.text()).isZero();
        }
    }

    /** While records come on. Then the first key is destroyed: nothing needs it any more. */
    private static void rekey(OneMachine machine, Path rules, Generator generator, Rushers rushers) throws Exception {
        try (var lake = OpenLake.of(machine.config());
                var node = machine.node(machine.withRules(rules).config())) {
            var rekeys = new Rekeys(lake);
            assertThat(rekeys.touched()).allMatch(table -> table.files() > 0);
            rekeys.request();
            assertThatThrownBy(() -> replayed(lake)).hasMessageContaining("a rekey is on its way");
            machine.send(generator, RECORDS);
            rushers.rush(Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1)));
            Awaitility.await().atMost(REKEY_MAX).until(() -> {
                node.upkeep().run().toCompletableFuture().join();
                return rekeys.all().getFirst().isDone();
            });
            machine.awaitDrained(node);
            assertThat(rekeys.touched()).allMatch(table -> table.files() == 0);
        }
        var lines = Files.readAllLines(machine.pseudonymKey());
        Files.writeString(machine.pseudonymKey(), lines.getFirst() + "\n" + lines.getLast() + "\n");
        try (var lake = OpenLake.of(machine.config())) {
            assertReplayIsEqual(lake, 3 * RECORDS + rushers.sent());
        }
        Files.write(machine.pseudonymKey(), lines); // alerts have the old names for ever, and the judge knows both
    }

    private static Path rules(Path folder, int keyVersion) throws IOException {
        var rules = PolicyFile.bundled("default").stored().content().substring(1);
        return Files.writeString(
                folder.resolve("rules-" + keyVersion + ".json"), "{\"key_version\":" + keyVersion + "," + rules);
    }

    /** The old one as the first version, and another. */
    private static void addAKey(Path file) throws IOException {
        var old = HexFormat.of().formatHex(Files.readAllBytes(file));
        Files.writeString(file, "riskcluster pseudonym keys\n1 " + old + "\n2 " + "c0ffee00".repeat(8) + "\n");
    }

    private static ReplayView replayed(OpenLake lake) {
        return ReplayRun.of(Optional.empty(), Optional.empty(), Optional.of(2), Screen.of(false, Map.of()))
                .quiet(lake);
    }

    private static void assertReplayIsEqual(OpenLake lake, int records) {
        ReplayView replay = replayed(lake);
        assertThat(replay.first()).isEmpty();
        assertThat(replay.equal()).isTrue();
        assertThat(replay.records()).isEqualTo(records);
    }

    /** Where the second policy begins, as the judge is told. */
    private static List<String> switches(OpenLake lake, Path rules) {
        var arguments = new ArrayList<String>();
        PlacedPolicies.read(lake.database()).switches().forEach((source, placed) -> {
            assertThat(placed).hasSize(2);
            arguments.add("--switch");
            arguments.add(source.partition() + ":" + placed.getLast().offset() + ":" + rules);
        });
        return arguments;
    }
}
