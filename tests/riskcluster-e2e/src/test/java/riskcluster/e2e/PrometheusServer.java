package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import riskcluster.node.embedded.FreePort;
import riskcluster.programs.Program;
import riskcluster.programs.PythonEnvironment;

/** Prometheus as it is installed on this machine, with the project's rules. */
final class PrometheusServer implements AutoCloseable {

    private static final Path TELEMETRY = PythonEnvironment.project(Path.of("telemetry"));
    private static final Duration START_MAX = Duration.ofSeconds(30);

    private final OutsideServer server;
    private final URI address;

    private PrometheusServer(OutsideServer server, URI address) {
        this.server = server;
        this.address = address;
    }

    static boolean isInstalled() {
        return Program.find("prometheus").isPresent();
    }

    /** What the project tells its Prometheus. */
    static String settings() throws IOException {
        return Files.readString(TELEMETRY.resolve("prometheus.yml"));
    }

    /** Starts it on settings of its own, which find the project's rules beside them. */
    static PrometheusServer start(Path folder, String settings) throws IOException {
        Files.copy(TELEMETRY.resolve("alerts.yml"), folder.resolve("alerts.yml"));
        var told = Files.writeString(folder.resolve("prometheus.yml"), settings);
        var address = URI.create("http://127.0.0.1:" + FreePort.from(0));
        var program = new ProcessBuilder(
                Program.find("prometheus").orElseThrow().toString(),
                "--config.file=" + told,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=" + address.getAuthority());
        var ready = address.resolve("/-/ready");
        var server = OutsideServer.start(
                program,
                folder.resolve("prometheus.log"),
                START_MAX,
                () -> OutsideServer.status(ready) == HttpURLConnection.HTTP_OK);
        return new PrometheusServer(server, address);
    }

    /** The values that a query has now, one for each series. */
    List<Double> values(String query) throws IOException {
        var found = ask("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        return each(found.path("result"))
                .map(series -> Double.valueOf(series.path("value").path(1).asText()))
                .toList();
    }

    /** A rule as it stands: {@code state} is inactive, pending or firing, {@code health} is ok where it could be asked. */
    record Rule(String name, String state, String health) {}

    List<Rule> rules() throws IOException {
        return each(ask("/api/v1/rules").path("groups"))
                .flatMap(group -> each(group.path("rules")))
                .map(rule -> new Rule(
                        rule.path("name").asText(),
                        rule.path("state").asText(),
                        rule.path("health").asText()))
                .toList();
    }

    private JsonNode ask(String path) throws IOException {
        try (var said = URI.create(address + path).toURL().openStream()) {
            var answer = new ObjectMapper().readTree(said);
            assertThat(answer.path("status").asText()).as(path).isEqualTo("success");
            return answer.path("data");
        }
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    @Override
    public void close() {
        server.close();
    }
}
