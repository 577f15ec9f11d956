package riskcluster.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import riskcluster.node.alerts.AlertReader;

/** When each partition's alerts came to a reader who does not wait for transactions, each alert once. */
public final class AlertTimes implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    /** An owner's last alerts are on their way when he dies. */
    private static final long ON_THE_WAY_MILLIS = 1_000;

    private final AlertReader reader;
    private final Set<String> known = new HashSet<>();
    private final Map<Integer, List<Long>> heard = new HashMap<>();
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
                heard(alert.id(), alert.receivedMillis());
            }
        }
        reader.close();
    }

    private synchronized void heard(String id, long millis) {
        if (known.add(id)) {
            heard.computeIfAbsent(Integer.parseInt(id.split("/")[1]), first -> new ArrayList<>())
                    .add(millis);
        }
    }

    /** How long a partition was silent after this time; empty where it has not spoken since. */
    synchronized OptionalLong silenceAfter(int partition, long millis) {
        return heard.getOrDefault(partition, List.of()).stream()
                .mapToLong(Long::longValue)
                .filter(time -> time > millis + ON_THE_WAY_MILLIS)
                .min()
                .stream()
                .map(first -> first - millis)
                .findFirst();
    }

    /** When each partition first spoke after this time; those that have not are not in it. */
    synchronized Map<Integer, Long> firstAfter(long millis) {
        var first = new TreeMap<Integer, Long>();
        heard.forEach((partition, times) ->
                times.stream().filter(time -> time > millis).findFirst().ifPresent(time -> first.put(partition, time)));
        return first;
    }

    /** The longest silence of each partition that ended after {@code from} and began before {@code until}, in ms. */
    public synchronized Map<Integer, Long> longest(Instant from, Instant until) {
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
