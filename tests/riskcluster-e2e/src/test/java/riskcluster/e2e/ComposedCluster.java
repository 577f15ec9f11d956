package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import riskcluster.node.Main;
import riskcluster.programs.Program;
import riskcluster.programs.PythonEnvironment;

/** The nodes of {@code docker-compose.yml} and the commands in their containers, as processes with the same settings. */
final class ComposedCluster implements AutoCloseable {

    private static final List<String> NODES = List.of("node-1", "node-2", "node-3");
    private static final Path ROOT = PythonEnvironment.project(Path.of(""));
    private static final Duration FORMED_MAX = Duration.ofSeconds(180);

    private final Path folder;
    private final ComposeFile compose;
    private final Map<String, OutsideServer> nodes = new LinkedHashMap<>();

    private ComposedCluster(Path folder, ComposeFile compose) {
        this.folder = folder;
        this.compose = compose;
    }

    /** Makes the topics and starts the nodes; each is healthy by its own health check. */
    static ComposedCluster start(Path folder, ComposeFile compose) throws IOException {
        var cluster = new ComposedCluster(folder, compose);
        var told = Files.readString(ROOT.resolve("docker/node.conf"));
        Files.writeString(folder.resolve("node.conf"), compose.here(told));
        cluster.writeCompose();
        must(cluster.riskcluster(compose.words("topics", "command")));
        boolean up = false;
        try {
            cluster.start(NODES);
            up = true;
            return cluster;
        } finally {
            if (!up) {
                cluster.close();
            }
        }
    }

    /** What a command says that ends well. */
    static String must(List<String> command) throws IOException {
        var answer = Program.run(ROOT, command);
        assertThat(answer.status()).as("%s\n%s", command, answer.text()).isZero();
        return answer.text();
    }

    /** A program of the project's own class path. */
    static List<String> java(String heap, String... words) {
        var command = OutsideServer.java(
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"));
        command.addAll(List.of(words));
        return command;
    }

    private List<String> riskcluster(List<String> words) {
        var command = java("-Xmx512m", Main.class.getName());
        words.forEach(word -> command.add(word.replace("/etc/riskcluster", folder.toString())));
        return command;
    }

    private void start(List<String> names) throws IOException {
        for (var name : names) {
            var program = new ProcessBuilder(riskcluster(compose.words(name, "command")));
            program.environment().putAll(environment(name));
            nodes.put(name, OutsideServer.launch(program, folder.resolve(name + ".log")));
        }
        for (var name : names) {
            node(name).await(FORMED_MAX, () -> isHealthy(name));
        }
    }

    private OutsideServer node(String name) {
        var node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException(name + " was never started");
        }
        return node;
    }

    private boolean isHealthy(String name) throws IOException {
        return Program.run(ROOT, inContainer(name, "/opt/riskcluster/bin/ready"))
                        .status()
                == 0;
    }

    /** The service's own, and what every container has besides: a name, and a loopback address for itself. */
    private Map<String, String> environment(String name) {
        var told = new LinkedHashMap<>(compose.environment(name));
        told.put("HOSTNAME", compose.host(name));
        told.put("RISKCLUSTER_HTTP_HOST", compose.host(name));
        told.put("RISKCLUSTER_OPERATOR_BIND", compose.host(name) + ":9110");
        return told;
    }

    /** Writes what stands in for {@code docker compose exec -T SERVICE COMMAND...}. */
    private void writeCompose() throws IOException {
        Files.writeString(folder.resolve("names.sed"), compose.sed());
        for (var name : NODES) {
            var lines = new StringBuilder();
            environment(name).forEach((key, value) -> lines.append("export %s='%s'%n".formatted(key, value)));
            lines.append("export RISKCLUSTER_NODE=http://%s:8080%n".formatted(compose.host(name)));
            Files.writeString(folder.resolve(name + ".env"), lines);
        }
        var script = """
            #!/bin/sh
            set -eu
            [ "$1 $2" = "exec -T" ]
            . "%1$s/$3.env"
            program="$4"
            shift 4
            for word; do shift; set -- "$@" "$(printf %%s "$word" | sed -f "%1$s/names.sed")"; done
            case "$program" in
              riskcluster) exec %2$s "$@" ;;
              /opt/riskcluster/bin/ready) exec "%3$s" ;;
            esac
            """.formatted(folder, String.join(" ", riskcluster(List.of())), ROOT.resolve("docker/ready"));
        var file = Files.writeString(folder.resolve("compose"), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private List<String> inContainer(String name, String... words) {
        var command = new ArrayList<>(List.of(folder.resolve("compose").toString(), "exec", "-T", name));
        command.addAll(List.of(words));
        return command;
    }

    /** What {@code riskcluster WORDS...} says in a node's container; it must end well. */
    String riskcluster(String name, String... words) throws IOException {
        var command = inContainer(name, "riskcluster");
        command.addAll(List.of(words));
        return must(command);
    }

    /** {@code make test}. */
    String smoke() throws IOException {
        return must(List.of(
                ROOT.resolve("docker/smoke").toString(),
                folder.resolve("compose").toString()));
    }

    /** SIGKILL. */
    void kill(String name) {
        node(name).close();
    }

    /** What the container engine does with one that has ended. */
    void startAgain(String name) throws IOException {
        start(List.of(name));
    }

    @Override
    public void close() {
        nodes.values().forEach(OutsideServer::close);
    }
}
