package riskcluster.node.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import riskcluster.contracts.step.Step;
import riskcluster.node.NodeConfig;
import riskcluster.node.commit.CommitLoop;

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

    /** Starts the process of a node that is not one before {@link #begin}; it says in {@code folder} what it has to say. */
    static Child prepare(Path folder, ChildPath path, NodeConfig config) throws IOException {
        var file = folder.resolve(config.cluster() + ".properties");
        // one that was made ready a moment ago may be reading it
        var written = folder.resolve(config.cluster() + ".properties.new");
        NodeFile.write(config, written);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        var marks = folder.resolve(config.cluster() + ".steps");
        var said = ProcessBuilder.Redirect.appendTo(log(folder, config).toFile());
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx1g",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        // the first one that stops in order leaves what was loaded to those that come after it
                        (Files.exists(folder.resolve("child.aot")) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=")
                                + folder.resolve("child.aot"),
                        "-Xlog:aot=off",
                        "-Xlog:cds=off",
                        "-cp",
                        path.toString(),
                        ChildNode.class.getName(),
                        file.toString(),
                        marks.toString())
                .redirectError(said)
                .redirectOutput(said)
                .start();
        return new Child(process, marks, StepMarks.scopes(config.topics().input(), config.partitions()));
    }

    /** Lets it be a node, which dies at {@code aim} where there is one. */
    Child begin(Optional<Aim> aim) throws IOException {
        // those of the one before it must not be taken for its own
        Files.deleteIfExists(marks);
        var told = aim.map(Aim::toString).orElse("") + "\n";
        process.getOutputStream().write(told.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return this;
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

    /** Waits until its committer has made a batch visible. */
    void awaitBatch(Duration most) throws IOException, InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        while (latestSteps().get(CommitLoop.SCOPE) != Step.BATCH_UNTOLD) {
            if (endsWithin(LOOK_EVERY) || System.nanoTime() > until) {
                throw new IllegalStateException("the node commits nothing: " + latestSteps());
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
