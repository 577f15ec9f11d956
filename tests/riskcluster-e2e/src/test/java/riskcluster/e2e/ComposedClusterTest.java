package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.e2e.PrometheusServer.Rule;
import riskcluster.programs.GoProgram;
import riskcluster.programs.PythonEnvironment;

/** The settings of {@code docker-compose.yml} as processes: what is sent arrives, with a broker and a node less too. */
@Tag("full")
@EnabledOnOs(OS.LINUX) // every address of 127.0.0.0/8 is there
class ComposedClusterTest {

    private static final String SMOKE = "1000 transactions are in the lake, and every node is ready";
    private static final Duration THROUGH_MAX = Duration.ofSeconds(120);
    private static final Duration TOLD_MAX = Duration.ofSeconds(180);

    @Test
    void aThousandTransactionsLandAndAThousandMoreWithABrokerAndANodeLess(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        assumeTrue(GoProgram.canBeBuilt(), "not run: Go is not installed, which builds the S3 server");
        assumeTrue(
                PrometheusServer.isInstalled() && WakingServers.areInstalled(),
                "not run: Prometheus is not installed (Debian: prometheus, prometheus-alertmanager)");
        PythonEnvironment.withOutsiders(); // else servers would wait while it is made
        var secrets = folder.resolve("secrets");
        ComposedCluster.must(
                List.of(PythonEnvironment.project(Path.of("docker/secrets")).toString(), secrets.toString()));
        var compose = ComposeFile.read(secrets);
        try (var servers = ComposedServers.start(folder, compose);
                var cluster = ComposedCluster.start(folder, compose);
                var waking = WakingServers.start(folder, compose);
                var prometheus = PrometheusServer.start(folder, compose.here(PrometheusServer.settings()))) {
            assertThat(cluster.smoke()).contains(SMOKE);
            awaitUp(prometheus);
            assertThat(prometheus.rules()).extracting(Rule::state).containsOnly("inactive");

            servers.kill("kafka-2");
            cluster.kill("node-2");
            cluster.riskcluster("node-1", "generate", "--kafka", "kafka-1:9092", "--records", "1000", "--seed", "7");
            Awaitility.await()
                    .atMost(THROUGH_MAX)
                    .untilAsserted(() -> assertThat(inTheLake(cluster)).isEqualTo("2000 2000"));
            Awaitility.await().atMost(TOLD_MAX).until(() -> waking.told().contains("firing RiskClusterNodeDown"));

            servers.startAgain("kafka-2");
            cluster.startAgain("node-2");
            assertThat(cluster.smoke()).contains(SMOKE);
            assertThat(inTheLake(cluster)).isEqualTo("3000 3000");
            try (var trino = trino(folder, compose)) {
                assertThat(seenBy(trino)).isEqualTo("3000");
            }
        }
    }

    /** With the catalog and by the script of its service, which hands it the secrets. */
    private static TrinoServer trino(Path folder, ComposeFile compose) throws IOException {
        var home = Files.createDirectories(folder.resolve("trino"));
        var docker = PythonEnvironment.project(Path.of("docker/trino"));
        var script = compose.here(Files.readString(docker.resolve("start-trino")))
                .replace("exec /usr/lib/trino/bin/run-trino", "exec \"$@\"");
        var file = Files.writeString(home.resolve("start-trino"), script);
        var catalog = compose.here(Files.readString(docker.resolve("riskcluster.properties")));
        return TrinoServer.start(home, Map.of("riskcluster", catalog), List.of("/bin/bash", file.toString()));
    }

    private static String seenBy(TrinoServer trino) throws IOException {
        var address = trino.address().split(":");
        var answer = PythonEnvironment.withOutsiders().run("-c", """
            import trino
            cursor = trino.dbapi.connect(host="%s", port=%s, user="anybody").cursor()
            cursor.execute("SELECT count(*) FROM riskcluster.bronze.transactions")
            print(cursor.fetchone()[0])
            """.formatted(address[0], address[1]));
        assertThat(answer.status()).as(answer.text()).isZero();
        return answer.text().strip();
    }

    /** It has looked at every node, and each has answered. */
    private static void awaitUp(PrometheusServer prometheus) {
        Awaitility.await()
                .atMost(TOLD_MAX)
                .untilAsserted(() -> assertThat(prometheus.values("sum(up{job=\"riskcluster\"})"))
                        .containsExactly(3.0));
    }

    /** Rows of bronze, and how many records they are. */
    private static String inTheLake(ComposedCluster cluster) throws IOException {
        var sql = "select count(*) || ' ' || count(distinct (\"partition\", \"offset\")) as n from bronze.transactions";
        return cluster.riskcluster("node-1", "sql", "-o", "jsonl", sql)
                .replaceAll("(?s).*\"n\":\\s*\"([0-9 ]+)\".*", "$1");
    }
}
