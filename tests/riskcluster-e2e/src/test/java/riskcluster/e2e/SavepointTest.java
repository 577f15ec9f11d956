package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.lakehouse.savepoint.Refused;
import riskcluster.lakehouse.savepoint.Savepoints;
import riskcluster.node.RiskNode;
import riskcluster.node.fault.TopicReader;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.savepoint.Differences;
import riskcluster.node.savepoint.Restores;
import riskcluster.node.view.DifferencesView;
import riskcluster.node.view.RestoreView;
import riskcluster.programs.PythonEnvironment;

/** A lake goes back to a savepoint and catches up, twice: the judge finds nothing, and no alert is there twice. */
@Tag("full")
class SavepointTest {

    private static final int PARTITIONS = 4;
    private static final int RECORDS = 4_000;
    private static final int CUSTOMERS = 300;
    private static final int PAUSED = 2;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path OTHER_RULES =
            Path.of("src/riskcluster-actors/src/main/resources/rules/card-terminals.json");

    private final Generator generator = new Generator(
            GeneratorSettings.usual(23)
                    .withCustomers(CUSTOMERS)
                    .withAlertShare(0.1)
                    .withBadShare(0.02)
                    .withDuplicateShare(0.03)
                    .withLateShare(0.03),
            EventClock.endingAt(Instant.now(), CUSTOMERS, 6 * RECORDS));

    @Test
    void theLakeGoesBackCatchesUpAndTellsNothingTwice(@TempDir Path folder) throws Exception {
        try (var machine = OneMachine.start(folder, PARTITIONS)) {
            try (var node = machine.node()) {
                machine.send(generator, RECORDS);
                savepointUnderLoad(machine);
                refusesWhileANodeLives(machine);
                pauses(machine, node);
            }
            try (var node = machine.node()) {
                stillRestsAndGoesOn(machine, node);
            }
            var alerts = alerts(machine);
            var done = restored(machine, "first");
            assertThat(done.partitions()).allMatch(place -> place.alerts() > place.data());
            try (var node = machine.node()) {
                machine.send(generator, RECORDS);
                machine.awaitDrained(node);
            }
            assertThat(alerts(machine)).containsAll(alerts).doesNotHaveDuplicates();
            assertThat(differences(machine)).satisfies(view -> {
                assertThat(view.complete()).isTrue();
                assertThat(view.differences()).isEmpty();
            });
            var answer = machine.judged();
            assertThat(answer.status()).as(answer.text()).isZero();

            whatAnotherPolicyToldIsListed(machine);
            whatKafkaHasForgottenIsFoundBeforeAnythingIsChanged(machine);
        }
    }

    /** None can be made before the first batch. */
    private static void savepointUnderLoad(OneMachine machine) throws IOException {
        try (var lake = OpenLake.of(machine.config())) {
            var savepoints = new Savepoints(lake.database());
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> savepoints.create("first", "1", SOON) instanceof Savepoints.Done);
        }
    }

    private static void refusesWhileANodeLives(OneMachine machine) throws IOException {
        try (var lake = OpenLake.of(machine.config())) {
            assertThat(new Restores(lake, Optional.of(machine.config())).look("first"))
                    .isInstanceOfSatisfying(
                            Restores.Answer.Not.class,
                            not -> assertThat(not.refused().why()).isEqualTo(Refused.Why.NOT_ALONE));
        }
    }

    /** The others go on and are drained; it stands where it came to rest. */
    private void pauses(OneMachine machine, RiskNode node) {
        assertThat(node.pauses().pause(PAUSED, "a test", "to see it rest")).isTrue();
        Awaitility.await().atMost(SOON).until(() -> restsAt(node) >= 0);
        long at = restsAt(node);
        machine.send(generator, RECORDS);
        Awaitility.await()
                .atMost(SOON)
                .until(() -> node.partitions().toCompletableFuture().get().stream()
                        .filter(each -> each.source().partition() != PAUSED)
                        .allMatch(each ->
                                each.position() > RECORDS / PARTITIONS && each.position() == each.dataCursor()));
        assertThat(position(node)).isEqualTo(at);
    }

    private static void stillRestsAndGoesOn(OneMachine machine, RiskNode node) {
        Awaitility.await().ignoreExceptions().atMost(SOON).until(() -> position(node) >= 0);
        assertThat(position(node)).isEqualTo(restsAt(node));
        assertThat(node.pauses().resume(PAUSED)).isTrue();
        machine.awaitDrained(node);
    }

    private static void whatKafkaHasForgottenIsFoundBeforeAnythingIsChanged(OneMachine machine) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", machine.bootstrap()))) {
            var all = Map.of(new TopicPartition("transactions", 0), RecordsToDelete.beforeOffset(-1));
            admin.deleteRecords(all).all().get();
        }
        try (var lake = OpenLake.of(machine.config())) {
            assertThat(new Restores(lake, Optional.of(machine.config())).restore("second"))
                    .isInstanceOfSatisfying(Restores.Answer.Not.class, not -> {
                        assertThat(not.refused().why()).isEqualTo(Refused.Why.UNUSABLE);
                        assertThat(not.refused().what()).contains("transactions/0 begins at");
                    });
        }
    }

    private static void untilItOwnsAll(RiskNode node) {
        Awaitility.await()
                .ignoreExceptions()
                .atMost(SOON)
                .until(() ->
                        node.partitions().toCompletableFuture().get().stream().allMatch(each -> each.epoch() > 0));
    }

    private static long restsAt(RiskNode node) {
        var stored = node.pauses().all().get(PAUSED);
        return stored == null ? -1 : stored.restsAt().orElse(-1);
    }

    private static long position(RiskNode node) {
        return node.partitions().toCompletableFuture().join().get(PAUSED).position();
    }

    private static RestoreView restored(OneMachine machine, String name) throws IOException {
        try (var lake = OpenLake.of(machine.config())) {
            var answer = new Restores(lake, Optional.of(machine.config())).restore(name);
            assertThat(answer).isInstanceOf(Restores.Answer.Shown.class);
            return ((Restores.Answer.Shown) answer).view();
        }
    }

    private static DifferencesView differences(OneMachine machine) throws IOException {
        try (var lake = OpenLake.of(machine.config())) {
            return new Differences(lake, machine.config()).sinceLast().orElseThrow();
        }
    }

    /** Where each alert comes from, as exact readers see it. */
    private static List<String> alerts(OneMachine machine) {
        var sources = new ArrayList<String>();
        new TopicReader(machine.bootstrap(), "alerts", IsolationLevel.READ_COMMITTED)
                .forEach(message -> sources.add(
                        new String(message.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8)));
        return sources.stream().sorted().toList();
    }

    /** Records that a policy decided by mistake are decided by the one of the savepoint when the lake has gone back. */
    private void whatAnotherPolicyToldIsListed(OneMachine machine) throws IOException, InterruptedException {
        try (var lake = OpenLake.of(machine.config())) {
            assertThat(new Savepoints(lake.database()).create("second", "1", SOON))
                    .isInstanceOf(Savepoints.Done.class);
        }
        var mistaken = machine.withRules(PythonEnvironment.project(OTHER_RULES));
        try (var node = mistaken.node()) {
            untilItOwnsAll(node); // a policy begins at the log's end
            machine.send(generator, RECORDS);
            machine.awaitDrained(node);
        }
        var alerts = alerts(machine);
        restored(machine, "second");
        try (var node = machine.node()) {
            machine.awaitDrained(node);
        }
        assertThat(alerts(machine)).isEqualTo(alerts);
        var view = differences(machine);
        assertThat(view.complete()).isTrue();
        assertThat(view.found()).isPositive();
        assertThat(view.differences()).allMatch(each -> !each.sent().equals(each.now()));
    }
}
