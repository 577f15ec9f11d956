package riskcluster.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import riskcluster.node.alerts.AlertReader;
import riskcluster.node.alerts.ReadAlert;

/** Hears when each partition decides: the times at which its alerts come for the first time to a fast reader. */
final class Pauses implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final AlertReader reader;
    private final Set<String> known = new HashSet<>();
    private final Map<Integer, List<Long>> heard = new TreeMap<>();
    private final Thread thread;
    private volatile boolean ended;

    private Pauses(AlertReader reader) {
        this.reader = reader;
        this.thread = Thread.ofPlatform().name("pauses").unstarted(this::run);
    }

    /** Begins to listen. */
    static Pauses listen(String bootstrap, String topic) {
        var pauses = new Pauses(AlertReader.open(bootstrap, topic, AlertReader.Reading.FAST, true));
        pauses.thread.start();
        return pauses;
    }

    private void run() {
        while (!ended) {
            reader.poll(POLL).forEach(this::heard);
        }
        reader.close();
    }

    private synchronized void heard(ReadAlert alert) {
        if (known.add(alert.id())) {
            int partition = Integer.parseInt(alert.id().split("/")[1]);
            heard.computeIfAbsent(partition, first -> new ArrayList<>()).add(alert.receivedMillis());
        }
    }

    /** The longest silence of each partition that ended after {@code from} and began before {@code until}, in ms. */
    synchronized Map<Integer, Long> between(Instant from, Instant until) {
        var longest = new TreeMap<Integer, Long>();
        heard.forEach((partition, times) -> {
            for (int i = 1; i < times.size(); i++) {
                long began = Math.max(times.get(i - 1), from.toEpochMilli());
                if (times.get(i) > began && began < until.toEpochMilli()) {
                    longest.merge(partition, times.get(i) - began, Math::max);
                }
            }
        });
        return longest;
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
