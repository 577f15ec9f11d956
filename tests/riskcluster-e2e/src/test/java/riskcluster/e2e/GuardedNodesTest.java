package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.Main;
import riskcluster.node.cli.CommandTree;
import riskcluster.node.cluster.LocalCluster;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.terminal.Screen;
import riskcluster.programs.PythonEnvironment;

/** Two processes with the identity and the tokens that {@code docker/secrets} makes, and what is seen of their secrets. */
@EnabledOnOs(OS.LINUX)
class GuardedNodesTest {

    private static final Duration FORMED_MAX = Duration.ofSeconds(120);
    private static final String CANARY = "canary4929";
    private static final Pattern NODE = Pattern.compile("\"node\":\"([^\"]+)\"");

    @Test
    @Tag("full")
    void theyWorkTogetherAskForTokensAndShowNoSecret(@TempDir Path folder) throws Exception {
        var secrets = secrets(folder.resolve("secrets"));
        int operators = FreePort.from(0);
        int others = FreePort.from(0);
        try (var machine = OneMachine.start(folder, 2);
                var cluster = LocalCluster.of(folder, machine.config(), 2)) {
            cluster.start(0, Main.class.getName(), guarded(secrets, operators), List.of());
            cluster.start(1, Main.class.getName(), guarded(secrets, others), List.of());
            cluster.awaitEven(FORMED_MAX);

            var node = "127.0.0.1:" + operators;
            assertThat(typed(node, "cluster", "show")).contains("RC-2201");
            var token = secrets.resolve("admin-token").toString();
            typed("context", "add", "guarded", "--operator", node, "--token-file", token, "--replace");
            assertThat(typed("cluster", "show", "--context", "guarded")).contains("Count: 2 nodes");
            bothTellTheirLog(node + ",127.0.0.1:" + others, token);
            var bundle = folder.resolve("bundle.zip");
            var config = folder.resolve("node-0.conf").toString();
            typed("debug", "bundle", "--context", "guarded", "--out", bundle.toString(), "--config", config);
            var seen = new ArrayList<>(unzipped(bundle));
            seen.addAll(processes());
            typed("cluster", "leave", "--context", "guarded");
            assertThat(cluster.node(0).endsWithin(FORMED_MAX)).isTrue();
            seen.add(Files.readString(cluster.node(0).log()));
            seen.add(Files.readString(cluster.node(1).log()));
            assertThat(seen).hasSizeGreaterThan(8).noneMatch(String::isEmpty);
            assertThat(String.join("\n", seen)).contains("cluster leave", "\"outcome\":\"begun\"");
            for (var secret : told(secrets)) {
                assertThat(seen).as(secret).noneMatch(text -> text.contains(secret));
            }
        }
    }

    /** Each node by itself, and both together. */
    private static void bothTellTheirLog(String nodes, String token) {
        typed("context", "add", "both", "--operator", nodes, "--token-file", token, "--replace");
        var told = typed("log", "tail", "--context", "both", "--lines", "500", "-o", "jsonl");
        assertThat(told).endsWith("status 0");
        assertThat(NODE.matcher(told).results().map(match -> match.group(1)).distinct())
                .hasSize(2);
        var fromOne = typed("log", "tail", "--context", "guarded", "--level", "info", "--lines", "1");
        assertThat(fromOne).matches("(?s)\\d{4}-\\S+Z \\S+ +127\\.0\\.0\\.1:\\d+ .*status 0");
    }

    private static Path secrets(Path folder) throws IOException, InterruptedException {
        var script = PythonEnvironment.project(Path.of("docker/secrets")).toString();
        var made = new ProcessBuilder(script, folder.toString()).inheritIO().start();
        assertThat(made.waitFor()).isZero();
        Files.writeString(folder.resolve("password"), CANARY + "-of-postgres\n");
        Files.writeString(
                folder.resolve("client.properties"),
                "security.protocol=PLAINTEXT\nsasl.jaas.config=a.Module required password=\"" + CANARY
                        + "-of-kafka\";\n");
        return folder;
    }

    /** What must not be seen: passwords, the token, and the key's own bytes. */
    private static List<String> told(Path secrets) throws IOException {
        return List.of(
                CANARY,
                Files.readString(secrets.resolve("admin-token")).strip(),
                Files.readAllLines(secrets.resolve("tls-key")).get(1));
    }

    private static Map<String, Object> guarded(Path secrets, int operators) {
        var more = new HashMap<String, Object>();
        more.put("operator.bind", "127.0.0.1:" + operators);
        more.put("database.password-file", secrets.resolve("password").toString());
        more.put("kafka.client-file", secrets.resolve("client.properties").toString());
        more.put("cluster.key-file", secrets.resolve("tls-key").toString());
        more.put("cluster.certificate-file", secrets.resolve("tls-certificate").toString());
        more.put("cluster.authorities-file", secrets.resolve("tls-authority").toString());
        more.put("log.format", "json");
        more.put("log.level", "info");
        more.put("doors.tokens-file", secrets.resolve("tokens").toString());
        return more;
    }

    private static String typed(String... words) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        var status = CommandTree.run(new Screen(stream, stream, false, false), words);
        return said.toString(StandardCharsets.UTF_8) + "status " + status;
    }

    private static List<String> unzipped(Path bundle) throws IOException {
        var texts = new ArrayList<String>();
        try (var zip = new ZipFile(bundle.toFile())) {
            for (var entry : zip.stream().toList()) {
                texts.add(entry.getName() + "\n"
                        + new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    /** Environment and command line of each node, as whoever may look at processes sees them. */
    private static List<String> processes() throws IOException {
        var texts = new ArrayList<String>();
        for (var child : ProcessHandle.current().descendants().toList()) {
            // a process handle leaves out arguments that are as long as a class path
            var process = Path.of("/proc", Long.toString(child.pid()));
            var command = Files.readString(process.resolve("cmdline"));
            if (List.of(command.split("\0")).contains("--config")) {
                texts.add(command);
                texts.add(Files.readString(process.resolve("environ")));
            }
        }
        assertThat(texts).hasSize(4);
        return texts;
    }
}
