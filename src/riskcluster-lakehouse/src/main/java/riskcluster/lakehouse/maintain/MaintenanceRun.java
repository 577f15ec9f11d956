package riskcluster.lakehouse.maintain;

import java.time.Instant;

/**
 * One thing that maintenance did, or tried.
 *
 * @param table qualified name; {@code *} where it was about all of them
 * @param kind compaction, manifest rewrite and so on
 * @param before files, manifests or snapshots that it was about
 * @param after what became of them
 * @param bytes that were read, 0 where no data was
 * @param tookMillis until the commit had its answer
 * @param why it was refused or failed; empty where it was done
 */
public record MaintenanceRun(
        String table,
        String kind,
        Outcome outcome,
        int before,
        int after,
        long bytes,
        Instant startedAt,
        long tookMillis,
        String why) {

    /** How it ended. */
    public enum Outcome {
        DONE,
        /** The table had moved on; the next look decides anew. */
        REFUSED,
        /** Something is wrong with the table or the store; nothing was changed. */
        FAILED
    }
}
