package riskcluster.node.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import riskcluster.node.alerts.AlertReader;
import riskcluster.node.alerts.ReadAlert;

/** A consumer of alerts in a thread of its own, that keeps what it received until it is asked to finish. */
final class AlertWatch implements AutoCloseable {

    private static final Duration POLL_MAX = Duration.ofMillis(100);
    private static final long FINISH_SECONDS_MAX = 30;

    private final AlertReader reader;
    private final Consumer<ReadAlert> listener;
    private final List<ReadAlert> received = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private volatile boolean finishing;
    private volatile boolean stopped;

    private AlertWatch(AlertReader reader, Consumer<ReadAlert> listener) {
        this.reader = reader;
        this.listener = listener;
    }

    /** Reads from now on; {@code listener} hears each alert in the watch's own thread. */
    static AlertWatch start(String bootstrap, String topic, AlertReader.Reading reading, Consumer<ReadAlert> listener) {
        var watch = new AlertWatch(AlertReader.open(bootstrap, topic, reading, true), listener);
        Thread.ofPlatform().daemon().name("alerts-" + reading).start(watch::read);
        return watch;
    }

    /** Reads what the topic still holds, and gives everything that was received. */
    List<ReadAlert> finish() throws InterruptedException {
        finishing = true;
        if (!ended.await(FINISH_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "the alert topic could not be read to its end in " + FINISH_SECONDS_MAX + " seconds");
        }
        var failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return received;
    }

    @Override
    public void close() {
        stopped = true;
    }

    private void read() {
        try (reader) {
            while (!stopped) {
                var wasFinishing = finishing;
                var alerts = reader.poll(POLL_MAX);
                alerts.forEach(listener);
                received.addAll(alerts);
                if (wasFinishing && alerts.isEmpty() && reader.isAtEnd()) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        } finally {
            ended.countDown();
        }
    }
}
