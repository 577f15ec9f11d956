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

/**
 * A Kafka broker in a process of its own, with those who send to it and read its alerts, so that what they take from the
 * machine is told apart from the node's.
 */
final class BrokerProcess implements Closeable {

    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final double NANOS_PER_MICRO = 1e3;

    private final Process process;
    private final BufferedReader said;
    private final String bootstrap;

    private BrokerProcess(Process process) throws IOException {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
        this.bootstrap = address();
    }

    /** Starts it on the folder and waits until it listens. */
    static BrokerProcess start(Path folder) throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
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
        tell(BrokerProgram.FILL + " " + records + " " + customers + " " + seed);
        heard(BrokerProgram.FILL);
    }

    /**
     * Sends so many records a second while two readers note when they are told alerts. Returns when the seconds before
     * those that are measured are over.
     */
    void send(int rate, int warmUp, int seconds, int customers, long seed, String alerts) throws IOException {
        tell(String.join(
                " ",
                BrokerProgram.SEND,
                Integer.toString(rate),
                Integer.toString(warmUp),
                Integer.toString(seconds),
                Integer.toString(customers),
                Long.toString(seed),
                alerts));
        heard(BrokerProgram.WARM_UP);
    }

    /** Waits until all of it is sent. */
    void awaitSent() throws IOException {
        heard(BrokerProgram.SEND);
    }

    /** What the readers have noted; they read no more. */
    Figures alertTimes() throws IOException {
        tell(BrokerProgram.END);
        return Figures.heard(heard(BrokerProgram.END).stream());
    }

    private void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits until it is done, and returns what it said before that. */
    private List<String> heard(String word) throws IOException {
        var before = new ArrayList<String>();
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.equals(BrokerProgram.DONE + word)) {
                return before;
            }
            before.add(line);
        }
        throw new IOException("the broker's process ended before it was done with " + word);
    }

    /** CPU that it has used, in microseconds. */
    double cpuMicros() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / NANOS_PER_MICRO;
    }

    private String address() throws IOException {
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(BrokerProgram.LISTENS)) {
                return line.substring(BrokerProgram.LISTENS.length()).strip();
            }
        }
        throw new IOException("the broker's process ended before it listened");
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
