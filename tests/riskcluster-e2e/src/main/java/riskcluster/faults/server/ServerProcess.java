package riskcluster.faults.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server in a process of its own, which can be killed and started again on the same folder and port. */
public final class ServerProcess implements AutoCloseable {

    private static final long STOP_SECONDS_MAX = 30;

    private final String kind;
    private final Path folder;
    private final String host;
    private final int port;
    private Process process;

    private ServerProcess(String kind, Path folder, String host, int port, Process process) {
        this.kind = kind;
        this.folder = folder;
        this.host = host;
        this.port = port;
        this.process = process;
    }

    /** Starts {@link ServerProgram} for this kind of server, at an address of this machine. */
    public static ServerProcess start(String kind, Path folder, String host, int port) throws IOException {
        Files.createDirectories(folder);
        return new ServerProcess(kind, folder, host, port, launch(kind, folder, host, port));
    }

    private static Process launch(String kind, Path folder, String host, int port) throws IOException {
        var classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Files.exists(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
        var log = ProcessBuilder.Redirect.appendTo(folder.resolve(kind + ".log").toFile());
        return new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        ServerProgram.class.getName(),
                        kind,
                        folder.toString(),
                        host,
                        Integer.toString(port)))
                .redirectOutput(log)
                .redirectError(log)
                .start();
    }

    public int port() {
        return port;
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again where it has ended. */
    public void startAgain() throws IOException {
        if (!process.isAlive()) {
            process = launch(kind, folder, host, port);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
