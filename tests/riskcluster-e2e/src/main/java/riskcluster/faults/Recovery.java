package riskcluster.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The way back of a cluster under load, from the moment at which the last node was gone or the last fault was over: after
 * how many milliseconds it came to each stage.
 *
 * @param stages in their order; a stage that was not reached is not there
 */
public record Recovery(Map<String, Long> stages) {

    private static final Duration RECOVERED_MAX = Duration.ofMinutes(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final String FORMED = "every node a member";
    private static final String PLACED = "every partition placed";
    private static final String FIRST_ALERT = "first alert";
    private static final String EVERY_PARTITION = "every partition alerts";

    /** What was on its way from the dead to the reader is no sign of life, and nobody is back so soon. */
    private static final long ON_THE_WAY_MILLIS = 3_000;

    /** Nobody was killed. */
    static final Recovery NONE = new Recovery(Map.of());

    /** Kills all nodes and watches them come back. */
    static Recovery watch(Fleet fleet, AlertTimes times, int partitions, PrintStream progress)
            throws IOException, InterruptedException {
        fleet.killAll();
        var recovery = watch(fleet, times, partitions, ON_THE_WAY_MILLIS);
        progress.println("  every node was killed; back after, in ms: " + recovery.stages());
        return recovery;
    }

    /** Watches until every partition has spoken, without doing anything to the nodes but to keep them running. */
    static Recovery calm(Fleet fleet, AlertTimes times, int partitions) throws IOException, InterruptedException {
        return watch(fleet, times, partitions, 0);
    }

    private static Recovery watch(Fleet fleet, AlertTimes times, int partitions, long onTheWayMillis)
            throws IOException, InterruptedException {
        long began = System.currentTimeMillis();
        var stages = new LinkedHashMap<String, Long>();
        while (!stages.containsKey(EVERY_PARTITION) && millisSince(began) < RECOVERED_MAX.toMillis()) {
            fleet.keepRunning();
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            if (!stages.containsKey(FORMED) && fleet.formed() == Fleet.NODES) {
                stages.put(FORMED, millisSince(began));
            }
            if (!stages.containsKey(PLACED) && fleet.placed() == partitions) {
                stages.put(PLACED, millisSince(began));
            }
            var spoke = times.heard().firstAfter(began + onTheWayMillis).values();
            spoke.stream().min(Long::compare).ifPresent(first -> stages.putIfAbsent(FIRST_ALERT, first - began));
            if (spoke.size() == partitions) {
                spoke.stream().max(Long::compare).ifPresent(last -> stages.put(EVERY_PARTITION, last - began));
            }
        }
        return new Recovery(stages);
    }

    private static long millisSince(long wallMillis) {
        return System.currentTimeMillis() - wallMillis;
    }

    /** Milliseconds to the first alert; -1 where there was none. */
    long firstMillis() {
        return stages.getOrDefault(FIRST_ALERT, -1L);
    }

    /** Milliseconds until each partition had alerted; -1 where one did not. */
    long allMillis() {
        return stages.getOrDefault(EVERY_PARTITION, -1L);
    }
}
