package riskcluster.e2e;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.commit.CommitSteps;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.lakehouse.maintain.MaintainSteps;
import riskcluster.lakehouse.maintain.Maintenance;
import riskcluster.lakehouse.maintain.MaintenanceRun;
import riskcluster.lakehouse.maintain.Round;
import riskcluster.lakehouse.maintain.Thresholds;

/** Maintenance of a machine that runs no node, with thresholds that every table reaches. */
final class Maintained {

    private static final long MIB = 1L << 20;

    /** Every day but the newest is closed and sorted at once, twenty batches can be pinned. */
    private static final Thresholds EAGER =
            new Thresholds(128 * MIB, 64 * MIB, 1_000, 1 << 30, 32 * MIB, 8 * MIB, 1, 4, 20, 1, 2, 2, 3, 1_000);

    private Maintained() {}

    /** Does whatever is due; gives what was done. */
    static List<MaintenanceRun> run(OneMachine machine) {
        var config = machine.config();
        var runs = new ArrayList<MaintenanceRun>();
        try (var database = LedgerPool.open(config.jdbcUrl(), config.databaseUser(), config.databasePassword(), 4)) {
            var catalog = new LakeCatalog(database, Warehouse.at(config.warehouse(), config.access()));
            var committer = new Committer(database, catalog, UUID.randomUUID(), CommitSteps.NONE);
            var maintenance = new Maintenance(
                    database,
                    catalog,
                    Tables.ALL,
                    committer::rewrite,
                    UUID.randomUUID(),
                    EAGER,
                    Clock.systemUTC(),
                    MaintainSteps.NONE);
            while (maintenance.runOnce() instanceof Round.Ran(MaintenanceRun run)) {
                runs.add(run);
            }
        }
        return runs;
    }
}
