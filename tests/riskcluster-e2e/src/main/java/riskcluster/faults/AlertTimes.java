package riskcluster.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import riskcluster.node.alerts.AlertReader;

/** Hears each partition's alerts as a reader who does not wait for transactions, each alert once. */
public final class AlertTimes implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final AlertReader reader;
    private final Heard heard = new Heard();
    private final Thread thread;
    private volatile boolean ended;

    private AlertTimes(AlertReader reader) {
        this.reader = reader;
        this.thread = Thread.ofPlatform().name("alert-times").unstarted(this::run);
    }

    /** Begins to listen. */
    public static AlertTimes listen(String bootstrap) {
        var times = new AlertTimes(AlertReader.open(bootstrap, "alerts", AlertReader.Reading.FAST, true));
        times.thread.start();
        return times;
    }

    private void run() {
        while (!ended) {
            for (var alert : reader.poll(POLL)) {
                heard.add(alert.id(), alert.receivedMillis());
            }
        }
        reader.close();
    }

    /** What was heard so far. */
    Heard heard() {
        return heard;
    }

    /** The longest silence of each partition that ended after {@code from} and began before {@code until}, in ms. */
    public Map<Integer, Long> longest(Instant from, Instant until) {
        return heard.longest(from, until);
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
