package riskcluster.actors.partition;

import java.time.Duration;

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
}
