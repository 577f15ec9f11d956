package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.faults.AlertTimes;
import riskcluster.node.Main;
import riskcluster.node.cluster.LocalCluster;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.fault.Standing;

/** A cluster of the build before this one becomes one of this build, node by node under load, and goes back again. */
@Tag("full")
class UpgradeTest {

    private static final int PARTITIONS = 6;
    private static final int NODES = 3;
    private static final Duration FORMED_MAX = Duration.ofSeconds(120);
    private static final Duration LEFT_MAX = Duration.ofSeconds(60);
    private static final Duration THROUGH_MAX = Duration.ofSeconds(120);

    /** One build's way to start a node. */
    @FunctionalInterface
    private interface Build {
        void start(int node, int http) throws Exception;
    }

    @Test
    void nothingIsLostAndNoQuestionFailsWhenEachNodeIsReplacedByOneOfThisBuildAndBackAgain(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        var previous = PreviousBuild.ready();
        try (var machine = OneMachine.start(folder, PARTITIONS);
                var cluster = LocalCluster.of(folder, machine.config().withGold(false), NODES); // see docs/gold.md
                var load = Load.start(machine);
                var alerts = AlertTimes.listen(machine.bootstrap());
                var questions = Questions.ask()) {
            var doors = IntStream.range(0, NODES).map(node -> FreePort.from(0)).toArray();
            Build before = (node, http) ->
                    cluster.startBuild(node, previous.classPath(), Map.of("http.port", http), previous::knows);
            Build present =
                    (node, http) -> cluster.start(node, Main.class.getName(), Map.of("http.port", http), List.of());
            for (int node = 0; node < NODES; node++) {
                before.start(node, doors[node]);
            }
            cluster.awaitEven(FORMED_MAX);
            for (int node = 0; node < NODES; node++) {
                questions.begin(node, doors[node]);
            }
            Awaitility.await("profiles that the build before has saved")
                    .atMost(THROUGH_MAX)
                    .until(() -> profiles(machine) > 0);

            var upgraded = Instant.now();
            replace(cluster, questions, present);
            var takenBack = Instant.now();
            replace(cluster, questions, before);
            var ended = Instant.now();

            load.end();
            Standing.awaitSaved(machine.config(), THROUGH_MAX);
            System.out.println(
                    "upgraded in " + Duration.between(upgraded, takenBack).toMillis() + " ms, taken back in "
                            + Duration.between(takenBack, ended).toMillis() + " ms; " + questions.answered()
                            + " questions answered");
            System.out.println("longest silence of a partition's alerts, ms: there "
                    + alerts.longest(upgraded, takenBack) + ", back " + alerts.longest(takenBack, ended));
            assertThat(questions.failed()).isEmpty();
            assertThat(questions.answered()).isGreaterThan(100);
            var judged = machine.judged();
            assertThat(judged.status()).as(judged.text()).isZero();
        }
    }

    private static void replace(LocalCluster cluster, Questions questions, Build build) throws Exception {
        for (int node = 0; node < NODES; node++) {
            questions.end(node);
            cluster.node(node).leave(LEFT_MAX);
            int http = FreePort.from(0);
            build.start(node, http);
            cluster.awaitEven(FORMED_MAX);
            questions.begin(node, http);
        }
    }

    private static long profiles(OneMachine machine) throws SQLException {
        try (var connection = machine.connection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM rc_profile")) {
            row.next();
            return row.getLong(1);
        }
    }
}
