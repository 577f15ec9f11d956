package riskcluster.lakehouse.commit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.ledger.Offsets;

/** Stages silver as if two partitions stood where the other one stands. */
public final class SwappedOffsets implements BatchStaging {

    private final BatchStaging real;

    private SwappedOffsets(BatchStaging real) {
        this.real = real;
    }

    /** The real committer, which tells the offsets wrongly in silver alone. */
    public static Committer committer(DataSource database, LakeCatalog catalog) {
        return new Committer(
                new PostgresCommits(database, CommitSteps.NONE),
                new SwappedOffsets(new IcebergStaging(database, catalog)),
                UUID.randomUUID(),
                CommitSteps.NONE);
    }

    @Override
    public List<TableChange> stage(Plan plan, Map<TableDefinition, TableChange> done) {
        var kept = new HashMap<TableDefinition, TableChange>();
        for (var change : real.stage(plan, done)) {
            if (!change.table().equals(Tables.SILVER_TRANSACTIONS)) {
                kept.put(change.table(), change);
            }
        }
        var wrong = new Plan(plan.owner(), plan.id(), plan.checkpoints(), swapped(plan.offsets()));
        return real.stage(wrong, kept);
    }

    private static Offsets swapped(Offsets offsets) {
        var right = offsets.byPartition();
        var sources = List.copyOf(right.keySet());
        var swapped = new HashMap<LogPartition, Long>();
        for (int i = 0; i < sources.size(); i++) {
            var next = sources.get((i + 1) % sources.size());
            swapped.put(sources.get(i), right.getOrDefault(next, 0L));
        }
        return offsets.with(swapped);
    }

    @Override
    public void reload(TableDefinition table) {
        real.reload(table);
    }

    @Override
    public void landed(long batch, List<TableChange> changes) {
        real.landed(batch, changes);
    }

    @Override
    public void forget() {
        real.forget();
    }

    @Override
    public void deleteDue() {
        real.deleteDue();
    }
}
