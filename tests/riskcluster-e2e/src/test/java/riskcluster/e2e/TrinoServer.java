package riskcluster.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.postgresql.Driver;
import riskcluster.node.embedded.FreePort;
import riskcluster.programs.PythonEnvironment;

/** Trino on this machine, coordinator and worker in one process, with the catalogs that it is told. */
final class TrinoServer implements AutoCloseable {

    private static final Path PACKED =
            PythonEnvironment.project(Path.of("tests/riskcluster-e2e/target/outsiders/trino-server.tar.gz"));
    private static final Path HOME = PythonEnvironment.project(Path.of("tests/riskcluster-e2e/target/outsiders/trino"));
    private static final Duration START_MAX = Duration.ofSeconds(120);

    private final OutsideServer server;
    private final int port;

    private TrinoServer(OutsideServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts it, and waits until it takes queries.
     *
     * @param catalogs their files' contents by name
     */
    static TrinoServer start(Path folder, Map<String, String> catalogs) throws IOException {
        return start(folder, catalogs, List.of());
    }

    /** The same by a command that starts the one that follows it. */
    static TrinoServer start(Path folder, Map<String, String> catalogs, List<String> under) throws IOException {
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
        var command = new ArrayList<>(under);
        command.addAll(OutsideServer.java(
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
                "io.trino.server.TrinoServer"));
        var program = new ProcessBuilder(command).directory(folder.toFile());
        var address = URI.create("http://127.0.0.1:" + port);
        var server = OutsideServer.start(program, folder.resolve("trino.log"), START_MAX, () -> takesQueries(address));
        return new TrinoServer(server, port);
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    private static void unpack() throws IOException {
        var plugin = HOME.resolve("plugin/iceberg");
        var driver = postgresDriver();
        if (Files.exists(plugin.resolve(driver.getFileName()))) {
            return;
        }
        OutsideServer.unpack(PACKED, HOME, "--strip-components=1");
        try (var plugins = Files.list(HOME.resolve("plugin"))) {
            for (Path other : plugins.filter(each -> !each.equals(plugin)).toList()) {
                FileUtils.deleteDirectory(other.toFile()); // each is loaded at start
            }
        }
        Files.copy(driver, plugin.resolve(driver.getFileName()));
    }

    /** The JDBC driver, as a file for those who run elsewhere. */
    static Path postgresDriver() {
        return Path.of(URI.create(
                Driver.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    /** It says that it has started some seconds before it knows of a node to run a query on, itself. */
    private static boolean takesQueries(URI address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var info = told(client, HttpRequest.newBuilder(address.resolve("/v1/info")));
            return !info.path("starting").asBoolean(true) && nodes(client, address) > 0;
        }
    }

    /** Asked of a table that the coordinator answers by itself. */
    private static int nodes(HttpClient client, URI address) throws IOException, InterruptedException {
        var query = "SELECT count(*) FROM system.runtime.nodes WHERE state = 'active'";
        var answer = told(
                client,
                HttpRequest.newBuilder(address.resolve("/v1/statement"))
                        .header("X-Trino-User", "anybody")
                        .POST(HttpRequest.BodyPublishers.ofString(query)));
        int nodes = 0;
        while (answer.has("nextUri")) {
            answer = told(
                    client,
                    HttpRequest.newBuilder(URI.create(answer.path("nextUri").asText())));
            nodes += answer.path("data").path(0).path(0).asInt();
        }
        return nodes;
    }

    private static JsonNode told(HttpClient client, HttpRequest.Builder asked)
            throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(client.send(asked.build(), HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    @Override
    public void close() {
        server.close();
    }
}
