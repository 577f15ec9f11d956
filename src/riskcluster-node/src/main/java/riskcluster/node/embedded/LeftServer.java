package riskcluster.node.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The Postgres server that a killed process left running on its data folder, or only the file that names it. */
final class LeftServer {
    /** In a server's data folder while it runs. */
    static final String PID_FILE = "postmaster.pid";

    /** A fast stop ends every session and writes a checkpoint. */
    private static final long FAST_STOP_SECONDS = 20;

    private static final long IMMEDIATE_STOP_SECONDS = 10;

    private final Path data;
    private final Path pidFile;

    LeftServer(Path data) {
        this.data = data;
        this.pidFile = data.resolve(PID_FILE);
    }

    /**
     * Stops the server if it lives; the caller holds the folder's lock, or its owner is gone, so nobody uses it any more. A file that names
     * somebody else's process (numbers come again, in a container soon) is removed, for Postgres would trust it.
     */
    void stop() throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        var server = pid().flatMap(ProcessHandle::of).filter(this::runsOnOurData);
        if (server.isPresent()) {
            stop(server.get());
        }
        Files.deleteIfExists(pidFile);
    }

    private void stop(ProcessHandle server) throws IOException {
        for (var step : new Step[] {
            new Step("INT", FAST_STOP_SECONDS), new Step("QUIT", IMMEDIATE_STOP_SECONDS), new Step("KILL", 5)
        }) {
            signal(server, step.signal());
            if (ended(server, step.seconds())) {
                return;
            }
        }
        throw new IOException("the Postgres server " + server.pid() + " on " + data + " does not stop");
    }

    /** One way of asking a server to stop, and how long it may take. */
    private record Step(String signal, long seconds) {}

    private Optional<Long> pid() throws IOException {
        try (var lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("\\d{1,18}"))
                    .map(Long::valueOf);
        }
    }

    private boolean runsOnOurData(ProcessHandle process) {
        var info = process.info();
        return info.command().filter(command -> command.contains("postgres")).isPresent()
                && info.arguments()
                        .filter(arguments -> Arrays.asList(arguments).contains(data.toString()))
                        .isPresent();
    }

    /** The shell's own {@code kill}, because Java can send no other signals than TERM and KILL. */
    private static void signal(ProcessHandle process, String signal) throws IOException {
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }

    private static boolean ended(ProcessHandle process, long seconds) throws IOException {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException stillRuns) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Postgres stops", e);
        } catch (ExecutionException e) {
            throw new IOException("cannot watch the Postgres server " + process.pid(), e);
        }
    }
}
