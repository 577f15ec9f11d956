package riskcluster.node.upkeep;

import java.time.Duration;
import riskcluster.lakehouse.maintain.Thresholds;

/**
 * What maintenance is told.
 *
 * @param every pause after a look at the tables in which nothing was due
 * @param targetMib size of a compacted file; half of it is small
 */
public record UpkeepSettings(Duration every, int targetMib) {

    /** A look every half minute, files of 128 MiB. */
    public static final UpkeepSettings USUAL = new UpkeepSettings(Duration.ofSeconds(30), 128);

    /** A day's sort holds a file's rows in memory, so that there is an end. */
    public static final int TARGET_MIB_MAX = 512;

    private static final long MIB = 1L << 20;

    public UpkeepSettings {
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException("upkeep every " + every + ", allowed: more than zero");
        }
        if (targetMib < 2 || targetMib > TARGET_MIB_MAX) {
            throw new IllegalArgumentException(
                    "compacted files of " + targetMib + " MiB, allowed: 2 to " + TARGET_MIB_MAX);
        }
    }

    /** From which state of a table on something is done about it. */
    public Thresholds thresholds() {
        return Thresholds.USUAL.withTargetBytes(targetMib * MIB);
    }
}
