package riskcluster.node.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import riskcluster.node.NodeConfig;
import riskcluster.plant.Plant;

/**
 * A node that makes a mistake, as a process of its own. Its program stands among the tests: the class path of the product
 * does not have it.
 */
public final class PlantedChild implements AutoCloseable {

    private static final Duration STOP_MAX = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;

    private PlantedChild(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the process; what it is told and what it says stands in {@code folder}. */
    public static PlantedChild start(Path folder, NodeConfig config, Plant plant) throws IOException {
        var file = folder.resolve(config.cluster() + ".properties");
        NodeFile.write(config, file);
        var log = folder.resolve(config.cluster() + ".log");
        var process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlantedChild.class.getName(),
                        plant.name(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new PlantedChild(process, log);
    }

    /** Waits until it is through with its input and has saved every profile. */
    public void awaitSaved(NodeConfig config, Duration most) throws InterruptedException {
        try {
            Standing.awaitSaved(config, most);
        } catch (IllegalStateException failure) {
            throw new IllegalStateException("the node, which says what it does in " + log, failure);
        }
    }

    /** Stops it in order. */
    public void stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("the node did not stop in order, see " + log);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Arguments: the plant, and the node's file. Lives until the one who started it closes its input. */
    public static void main(String[] args) throws IOException {
        var config = NodeFile.read(Path.of(args[1]));
        try (var node = Plant.valueOf(args[0]).start(config)) {
            ChildNode.awaitEndOfInput();
            node.system().log().info("the input has ended, the node stops");
        }
        System.exit(0);
    }
}
