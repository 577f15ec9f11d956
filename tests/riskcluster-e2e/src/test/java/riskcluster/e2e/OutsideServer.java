package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import riskcluster.programs.Program;

/** A server in a process of its own, which does not outlive a start that fails. */
final class OutsideServer implements AutoCloseable {

    private final Process process;
    private final Path log;

    private OutsideServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it, and waits until it is ready.
     *
     * @param log takes what it says
     * @param most how long its start may take
     * @param ready asked again and again; what it throws means not yet
     */
    static OutsideServer start(ProcessBuilder program, Path log, Duration most, Callable<Boolean> ready)
            throws IOException {
        var server = launch(program, log);
        server.await(most, ready);
        return server;
    }

    /** Starts it, and leaves the waiting to the caller: one of several that wait for each other. */
    static OutsideServer launch(ProcessBuilder program, Path log) throws IOException {
        var said = ProcessBuilder.Redirect.appendTo(log.toFile());
        return new OutsideServer(
                program.redirectErrorStream(true).redirectOutput(said).start(), log);
    }

    /** Waits until it is ready; where it does not become so it is ended. */
    void await(Duration most, Callable<Boolean> ready) {
        boolean up = false;
        try {
            Awaitility.await("an answer, see " + log)
                    .atMost(most)
                    .failFast("it has ended, see " + log, () -> !process.isAlive())
                    .ignoreExceptions()
                    .until(ready);
            up = true;
        } finally {
            if (!up) {
                close();
            }
        }
    }

    /** The command that starts a program on the Java of this process. */
    static List<String> java(String... words) {
        var command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(List.of(words));
        return command;
    }

    /** The status of the answer to a GET. */
    static int status(URI address) throws IOException {
        var asked = (HttpURLConnection) address.toURL().openConnection();
        try {
            return asked.getResponseCode();
        } finally {
            asked.disconnect();
        }
    }

    /** Unpacks an archive into a folder by tar, which makes its hard links. */
    static void unpack(Path packed, Path folder, String... flags) throws IOException {
        Files.createDirectories(folder);
        var command = new ArrayList<>(List.of("tar", "-x", "-f", packed.toString()));
        command.addAll(List.of(flags));
        var answer = Program.run(folder, command);
        assertThat(answer.status()).as(answer.text()).isZero();
    }

    /** Kills it, and waits for its end. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
