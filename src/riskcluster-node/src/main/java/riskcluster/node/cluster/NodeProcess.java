package riskcluster.node.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import riskcluster.node.HostPort;

/** A production node in a process of its own. */
public final class NodeProcess implements AutoCloseable {

    private final String name;
    private final HostPort management;
    private final Path log;
    private final Process process;

    private NodeProcess(String name, HostPort management, Path log, Process process) {
        this.name = name;
        this.management = management;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts {@code riskcluster node --config FILE}.
     *
     * @param under a command that starts the one that follows it, or none
     */
    static NodeProcess start(
            Path folder, String name, Path config, HostPort management, List<String> under, NodeProgram program)
            throws IOException {
        var command = new ArrayList<>(under);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(program.flags());
        command.addAll(List.of("-cp", program.classPath(), program.name(), "node", "--config", config.toString()));
        var log = folder.resolve(name + ".log");
        var said = ProcessBuilder.Redirect.appendTo(log.toFile());
        var builder = new ProcessBuilder(command).redirectError(said).redirectOutput(said);
        builder.environment().putAll(program.environment());
        var process = builder.start();
        return new NodeProcess(name, management, log, process);
    }

    /** This program, without the classes of tests. */
    static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.endsWith("test-classes") && Files.exists(entry))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    public String name() {
        return name;
    }

    /** Where its management door is. */
    public HostPort management() {
        return management;
    }

    /** What it has said. */
    public Path log() {
        return log;
    }

    /** CPU that it has used. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM: it leaves in order, and has until {@code most}. */
    public void leave(Duration most) throws InterruptedException {
        process.destroy();
        if (!endsWithin(most)) {
            throw new IllegalStateException(name + " does not leave within " + most.toSeconds() + " s, see " + log);
        }
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: it stands still and knows nothing of it. */
    public void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: it wakes. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("SIG" + signal + " does not reach " + name);
        }
    }

    /** Whether it has ended by itself within this time. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How it ended. */
    public int exitStatus() {
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
