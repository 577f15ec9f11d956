package riskcluster.lakehouse.maintain;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.Committer;

/** Maintenance of a test's lake with thresholds that a few batches reach. */
final class Upkeep {

    static final long MIB = 1L << 20;

    /** Four files are worth a compaction, a day is closed after two quiet snapshots, three batches can be pinned. */
    static final Thresholds SMALL =
            new Thresholds(128 * MIB, 64 * MIB, 4, 1_000_000, 32 * MIB, 8 * MIB, 2, 1_000, 3, 1_000, 24, 30, 3, 100_000);

    private Upkeep() {}

    static Thresholds compaction(int smallFiles) {
        return new Thresholds(
                128 * MIB, 64 * MIB, smallFiles, 1_000_000, 32 * MIB, 8 * MIB, 2, 1_000, 1_000, 1_000, 24, 30, 3,
                1_000_000);
    }

    static Thresholds expiry(int batches, int slack) {
        return new Thresholds(
                128 * MIB, 64 * MIB, 1_000, 16, 32 * MIB, 8 * MIB, 1_000, 1_000, batches, slack, 24, 30, 3, 1_000_000);
    }

    static Maintenance of(TestLake lake, Committing committing, Thresholds thresholds, MaintainSteps steps) {
        return new Maintenance(
                lake.database,
                lake.catalog,
                Tables.ALL,
                committing,
                UUID.randomUUID(),
                thresholds,
                Clock.systemUTC(),
                steps);
    }

    static Maintenance of(TestLake lake, Committer committer, Thresholds thresholds) {
        return of(lake, committer::rewrite, thresholds, MaintainSteps.NONE);
    }

    /** Runs until nothing is due; gives what was done. */
    static List<MaintenanceRun> untilIdle(Maintenance maintenance) {
        var runs = new ArrayList<MaintenanceRun>();
        while (maintenance.runOnce() instanceof Round.Ran(MaintenanceRun run)) {
            runs.add(run);
        }
        return runs;
    }
}
