package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import riskcluster.node.embedded.FreePort;

/** Apicurio's schema registry in a process of its own, in memory. */
final class ApicurioServer implements AutoCloseable {

    private static final Path PACKED =
            PythonEnvironment.project(Path.of("tests/riskcluster-e2e/target/outsiders/apicurio-registry.tar.gz"));
    private static final Path HOME =
            PythonEnvironment.project(Path.of("tests/riskcluster-e2e/target/outsiders/apicurio"));
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final Process process;
    private final URI address;

    private ApicurioServer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static ApicurioServer start(Path folder) throws IOException {
        if (!Files.exists(HOME.resolve("quarkus-run.jar"))) {
            Files.createDirectories(HOME);
            var answer = Program.run(HOME, List.of("tar", "-x", "-f", PACKED.toString()));
            assertThat(answer.status()).as(answer.text()).isZero();
        }
        int port = FreePort.from(0);
        var process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.enabled=false",
                        "-jar",
                        HOME.resolve("quarkus-run.jar").toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("apicurio.log").toFile())
                .start();
        var server = new ApicurioServer(process, URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7"));
        Awaitility.await("Apicurio, see " + folder.resolve("apicurio.log"))
                .atMost(START_MAX)
                .failFast("it has ended", () -> !process.isAlive())
                .ignoreExceptions()
                .until(server::answers);
        return server;
    }

    /** Where it speaks Confluent's protocol. */
    URI address() {
        return address;
    }

    private boolean answers() throws IOException {
        var asked =
                (HttpURLConnection) URI.create(address + "/subjects").toURL().openConnection();
        try {
            return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            asked.disconnect();
        }
    }

    /** Kills it, and waits for its end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
