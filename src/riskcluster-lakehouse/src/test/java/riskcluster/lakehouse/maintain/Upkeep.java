package riskcluster.lakehouse.maintain;

import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.Committer;

/** Maintenance of a test's lake with thresholds that a few batches reach. */
public final class Upkeep {

    private static final long MIB = 1L << 20;
    private static final int NEVER = 100_000;

    private Upkeep() {}

    /** So many small files are merged, whatever their sizes; nothing else is ever due but the sweep. */
    static Thresholds compaction(int smallFiles) {
        return compaction(smallFiles, 8 * MIB);
    }

    static Thresholds compaction(int smallFiles, long copyFromBytes) {
        return thresholds(smallFiles, copyFromBytes, NEVER, NEVER, 0);
    }

    static Thresholds manifests(int manifests) {
        return thresholds(NEVER, MIB, manifests, NEVER, 0);
    }

    /** The newest so many batches can be pinned, and what hours and days tag. */
    static Thresholds expiry(int batches) {
        return thresholds(NEVER, MIB, NEVER, batches, 1);
    }

    /** The same, but so many more are let come before they are forgotten. */
    static Thresholds expiry(int batches, int slack) {
        return thresholds(NEVER, MIB, NEVER, batches, slack);
    }

    /** Everything is soon due. */
    public static Thresholds everything() {
        return thresholds(4, MIB, 3, 3, 1);
    }

    public static Maintenance of(TestLake lake, Committer committer, Thresholds thresholds) {
        return of(lake, committer::rewrite, thresholds, MaintainSteps.NONE, Clock.systemUTC());
    }

    static Maintenance of(TestLake lake, Committing committing, Thresholds thresholds) {
        return of(lake, committing, thresholds, MaintainSteps.NONE, Clock.systemUTC());
    }

    static Maintenance of(
            TestLake lake, Committing committing, Thresholds thresholds, MaintainSteps steps, InstantSource clock) {
        return new Maintenance(
                lake.database, lake.catalog, Tables.ALL, committing, UUID.randomUUID(), thresholds, clock, steps);
    }

    /** Runs until nothing is due; gives what was done. */
    public static List<MaintenanceRun> untilIdle(Maintenance maintenance) {
        var runs = new ArrayList<MaintenanceRun>();
        while (maintenance.runOnce() instanceof Round.Ran(MaintenanceRun run)) {
            runs.add(run);
        }
        return runs;
    }

    private static Thresholds thresholds(int smallFiles, long copyFromBytes, int manifests, int batches, int slack) {
        return new Thresholds(
                128 * MIB,
                64 * MIB,
                smallFiles,
                1 << 30,
                32 * MIB,
                copyFromBytes,
                2,
                manifests,
                batches,
                batches == NEVER ? NEVER : slack,
                24,
                30,
                3,
                NEVER);
    }
}
