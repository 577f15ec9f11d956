package riskcluster.node.fault;

import java.nio.file.Path;

/**
 * What a kill test is told.
 *
 * @param kills how often the node is killed
 * @param seed of the generator, the times and the aims
 * @param recordsPerSecond that are produced all the while
 * @param folder for everything that is left
 * @param gold whether the node makes gold, which is most of what a commit costs
 */
public record KillSettings(int kills, long seed, int recordsPerSecond, int partitions, Path folder, boolean gold) {

    /** With gold. */
    public KillSettings(int kills, long seed, int recordsPerSecond, int partitions, Path folder) {
        this(kills, seed, recordsPerSecond, partitions, folder, true);
    }

    public KillSettings {
        if (kills < 0) {
            throw new IllegalArgumentException("kills is " + kills + ", allowed: 0 or more");
        }
        if (recordsPerSecond < 1) {
            throw new IllegalArgumentException("records per second is " + recordsPerSecond + ", allowed: 1 or more");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions is " + partitions + ", allowed: 1 or more");
        }
    }
}
