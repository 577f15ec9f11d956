package riskcluster.node.fault;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import riskcluster.contracts.step.Step;
import riskcluster.node.NodeConfig;

/** A node in a process of its own. */
final class Child implements AutoCloseable {

    private static final Duration STOP_MAX = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final Process process;
    private final Path marks;
    private final List<String> scopes;

    private Child(Process process, Path marks, List<String> scopes) {
        this.process = process;
        this.marks = marks;
        this.scopes = scopes;
    }

    /** Starts a node that says what it has to say in {@code folder}. */
    static Child start(Path folder, NodeConfig config, Optional<Aim> aim) throws IOException {
        var file = folder.resolve(config.cluster() + ".properties");
        NodeFile.write(config, file);
        var marks = folder.resolve(config.cluster() + ".steps");
        Files.deleteIfExists(marks);
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        var classPath = classPath();
        if (classPath.stream().noneMatch(Files::isDirectory)) {
            // the first one that stops in order leaves what was loaded to those that come after it
            command.addAll(List.of(
                    "-XX:+AutoCreateSharedArchive",
                    "-XX:SharedArchiveFile=" + folder.resolve("child.jsa"),
                    "-Xlog:cds=off",
                    "-Xlog:cds+dynamic=off"));
        }
        aim.ifPresent(at -> command.add("-D" + Aim.PROPERTY + "=" + at));
        command.addAll(List.of(
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                ChildNode.class.getName(),
                file.toString(),
                marks.toString()));
        var said = ProcessBuilder.Redirect.appendTo(log(folder, config).toFile());
        var process = new ProcessBuilder(command)
                .redirectError(said)
                .redirectOutput(said)
                .start();
        return new Child(process, marks, StepMarks.scopes(config.topics().input(), config.partitions()));
    }

    /** Without the classes of tests: the Java machine shares an archive of jars alone. */
    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.endsWith("test-classes") && Files.exists(entry))
                .toList();
    }

    /** What the nodes of this cluster have said. */
    static Path log(Path folder, NodeConfig config) {
        return folder.resolve(config.cluster() + ".log");
    }

    /** Whether it has ended by itself within this time. */
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits until one of its scopes has come as far as this step, or further. */
    void awaitStep(Step step, Duration most) throws IOException, InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        while (latestSteps().values().stream().noneMatch(latest -> latest.compareTo(step) >= 0)) {
            if (endsWithin(LOOK_EVERY) || System.nanoTime() > until) {
                throw new IllegalStateException("the node does not come as far as " + step + ": " + latestSteps());
            }
        }
    }

    /** How it ended. */
    int exitStatus() {
        return process.exitValue();
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The latest step of each of its partitions and of its committer. */
    Map<String, Step> latestSteps() throws IOException {
        return StepMarks.read(marks, scopes);
    }

    /** Stops it in order. */
    void stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!endsWithin(STOP_MAX)) {
            throw new IllegalStateException("the node does not stop within " + STOP_MAX.toSeconds() + " s");
        }
        if (exitStatus() != 0) {
            throw new IllegalStateException("the node stopped with status " + exitStatus());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
