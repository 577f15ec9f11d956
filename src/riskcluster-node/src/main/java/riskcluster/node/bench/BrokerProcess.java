package riskcluster.node.bench;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Kafka broker in a process of its own, so that what it takes from the machine is told apart from the node's. */
final class BrokerProcess implements Closeable {

    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final double NANOS_PER_MICRO = 1e3;

    private final Process process;
    private final BufferedReader said;
    private final String bootstrap;

    private BrokerProcess(Process process) throws IOException {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
        this.bootstrap = answer(BrokerProgram.LISTENS);
    }

    /** Starts it on the folder and waits until it listens. */
    static BrokerProcess start(Path folder) throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xms1g",
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProgram.class.getName(),
                folder.toString()));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new BrokerProcess(process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Where Kafka's clients begin, as {@code host:port}. */
    String bootstrap() {
        return bootstrap;
    }

    /** Fills the input with so many records of so many customers; the same seed makes the same records. */
    void fill(int records, int customers, long seed) throws IOException {
        process.getOutputStream()
                .write((records + " " + customers + " " + seed + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        answer(BrokerProgram.FILLED);
    }

    /** CPU that it has used, in microseconds. */
    double cpuMicros() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / NANOS_PER_MICRO;
    }

    private String answer(String word) throws IOException {
        var line = said.readLine();
        while (line != null && !line.startsWith(word)) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("the broker's process ended before it said " + word);
        }
        return line.substring(word.length()).strip();
    }

    /** The broker stops when nobody can tell it anything any more. */
    @Override
    public void close() throws IOException {
        try (said) {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the broker does not stop within " + STOP_MAX.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while the broker stops").initCause(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
