package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;
import org.postgresql.Driver;
import riskcluster.node.embedded.FreePort;

/** Trino on this machine, coordinator and worker in one process, with the catalogs that it is told. */
final class TrinoServer implements AutoCloseable {

    private static final Path PACKED =
            PythonEnvironment.project(Path.of("tests/riskcluster-e2e/target/outsiders/trino-server.tar.gz"));
    private static final Path HOME = PythonEnvironment.project(Path.of("tests/riskcluster-e2e/target/outsiders/trino"));
    private static final Duration START_MAX = Duration.ofSeconds(120);

    private final Process process;
    private final int port;

    private TrinoServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, and waits until it takes queries.
     *
     * @param catalogs their files' contents by name
     */
    static TrinoServer start(Path folder, Map<String, String> catalogs) throws Exception {
        unpack();
        int port = FreePort.from(0);
        var etc = Files.createDirectories(folder.resolve("etc"));
        var files = Files.createDirectories(etc.resolve("catalog"));
        for (var catalog : catalogs.entrySet()) {
            Files.writeString(files.resolve(catalog.getKey() + ".properties"), catalog.getValue());
        }
        Files.writeString(etc.resolve("config.properties"), """
            coordinator=true
            node-scheduler.include-coordinator=true
            http-server.http.port=%d
            discovery.uri=http://127.0.0.1:%d
            plugin.dir=%s
            """.formatted(port, port, HOME.resolve("plugin")));
        var process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx2g",
                        "-XX:+UseG1GC",
                        "-XX:TieredStopAtLevel=1",
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djdk.attach.allowAttachSelf=true",
                        "-Dconfig=" + etc.resolve("config.properties"),
                        "-Dnode.environment=test",
                        "-Dnode.data-dir=" + folder.resolve("data"),
                        "-Dnode.internal-address=127.0.0.1",
                        "-Dcatalog.config-dir=" + files,
                        "-cp",
                        HOME.resolve("lib") + "/*",
                        "io.trino.server.TrinoServer"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("trino.log").toFile())
                .start();
        var server = new TrinoServer(process, port);
        Awaitility.await("Trino, see " + folder.resolve("trino.log"))
                .atMost(START_MAX)
                .failFast("it has ended", () -> !process.isAlive())
                .ignoreExceptions()
                .until(server::takesQueries);
        return server;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Its plugins share files by hard links, which tar makes and Maven does not. */
    private static void unpack() throws IOException, URISyntaxException {
        var plugin = HOME.resolve("plugin/iceberg");
        var driver = Path.of(
                Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.exists(plugin.resolve(driver.getFileName()))) {
            return;
        }
        Files.createDirectories(HOME);
        var answer = Program.run(HOME, List.of("tar", "-x", "--strip-components=1", "-f", PACKED.toString()));
        assertThat(answer.status()).as(answer.text()).isZero();
        try (var plugins = Files.list(HOME.resolve("plugin"))) {
            for (Path other : plugins.filter(each -> !each.equals(plugin)).toList()) {
                FileUtils.deleteDirectory(other.toFile()); // each is loaded at start
            }
        }
        Files.copy(driver, plugin.resolve(driver.getFileName()));
    }

    private boolean takesQueries() throws IOException, InterruptedException {
        var asked = HttpRequest.newBuilder(URI.create("http://" + address() + "/v1/info"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(asked, HttpResponse.BodyHandlers.ofString());
            return !new ObjectMapper().readTree(answer.body()).path("starting").asBoolean(true);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
