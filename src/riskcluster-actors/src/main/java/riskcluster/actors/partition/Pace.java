package riskcluster.actors.partition;

import java.time.Duration;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import riskcluster.contracts.log.LogPartition;

/**
 * How often a partition's cursors move.
 *
 * @param alert shortest time between two alert transactions of a partition
 * @param checkpoint time between two seals
 * @param profile time between two profile cuts
 * @param customersMax customers a partition keeps in memory before idle ones leave
 */
public record Pace(Duration alert, Duration checkpoint, Duration profile, int customersMax) {

    /** What a node runs with unless it is told otherwise. */
    public static Pace standard() {
        return new Pace(Duration.ofMillis(25), Duration.ofSeconds(2), Duration.ofSeconds(20), 1_000_000);
    }

    /** The golden ratio's fraction: its multiples spread evenly, however many partitions there are. */
    private static final double SPREAD = 0.6180339887498949;

    /** Says again and again that something is due in the partition. */
    static <T> void repeat(TimerScheduler<T> timers, T due, Duration period, LogPartition source) {
        timers.startTimerWithFixedDelay(due, due, first(period, source.partition()), period);
    }

    /**
     * When a partition does for the first time what it does every {@code period}: partitions that all began at once would
     * also close their files at once.
     */
    private static Duration first(Duration period, int partition) {
        double share = 1 - partition * SPREAD % 1;
        return Duration.ofNanos(Math.max(1, (long) (period.toNanos() * share)));
    }
}
