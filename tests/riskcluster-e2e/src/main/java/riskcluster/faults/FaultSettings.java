package riskcluster.faults;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run is told.
 *
 * @param faultTime how long faults are drawn
 * @param recordsPerSecond that are produced all the while
 * @param recovery whether all nodes are killed at the end, to see how soon they are back
 * @param folder for everything that is left
 */
public record FaultSettings(
        Duration faultTime, long seed, int recordsPerSecond, int partitions, boolean recovery, Path folder) {

    public FaultSettings {
        if (faultTime.isNegative() || faultTime.isZero()) {
            throw new IllegalArgumentException("the time of faults is " + faultTime + ", allowed: more than zero");
        }
        if (recordsPerSecond < 1) {
            throw new IllegalArgumentException("records per second is " + recordsPerSecond + ", allowed: 1 or more");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions is " + partitions + ", allowed: 1 or more");
        }
    }
}
