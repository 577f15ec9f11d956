package riskcluster.simulation.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.commit.BatchAttempt;
import riskcluster.lakehouse.commit.BatchStaging;
import riskcluster.lakehouse.commit.TableChange;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;
import riskcluster.simulation.fault.Call;
import riskcluster.simulation.fault.Plant;

/** The committer's side of the object store as one process sees it. */
final class StagingPort implements BatchStaging {

    private final World world;
    private final Line line;
    private final Map<TableDefinition, TableVersion> tables = new HashMap<>();

    StagingPort(World world, Line line) {
        this.world = world;
        this.line = line;
    }

    @Override
    public List<TableChange> stage(Plan plan, Map<TableDefinition, TableChange> done) {
        var changes = new ArrayList<TableChange>();
        for (var table : Tables.RECORDS) {
            var before = done.get(table);
            changes.add(before != null ? before : stage(plan, table));
        }
        return changes;
    }

    private TableChange stage(Plan plan, TableDefinition table) {
        var known = tables.get(table);
        var base = known != null ? known : read(table);
        tables.put(table, base);
        var files = BatchAttempt.files(plan.checkpoints(), table);
        if (files.isEmpty()) {
            return TableChange.none(table, base);
        }
        var next = next(plan, table, base, files);
        var prefix = table.qualifiedName() + "/" + plan.owner().scope() + "-e"
                + plan.owner().epoch();
        var path = world.store().name(prefix, ".metadata.json");
        line.call(Call.PUT_METADATA, () -> path, () -> {
            world.store().put(path, next);
            return true;
        });
        line.reached(plan.owner().scope(), Step.METADATA_FILE_WRITTEN);
        return new TableChange(
                table, base.metadata(), new TableVersion(next.snapshot(), path), List.of(path), List.of(), List.of());
    }

    private Store.Metadata next(Plan plan, TableDefinition table, TableVersion base, List<StagedFile> files) {
        var all = new ArrayList<>(world.store()
                .metadata(base.metadata())
                .orElse(Store.Metadata.EMPTY)
                .dataFiles());
        files.forEach(file -> all.add(file.path()));
        return new Store.Metadata(
                world.store().number(), base.snapshot(), plan.id(), offsets(plan, table), List.copyOf(all));
    }

    private Map<LogPartition, Long> offsets(Plan plan, TableDefinition table) {
        var offsets = plan.offsets().byPartition();
        if (world.fate().planted(Plant.SWAPPED_OFFSET)
                && table.equals(Tables.SILVER_TRANSACTIONS)
                && offsets.size() > 1) {
            var swapped = new HashMap<>(offsets);
            var sources = List.copyOf(offsets.keySet());
            swapped.put(sources.getFirst(), offsets.get(sources.getLast()));
            swapped.put(sources.getLast(), offsets.get(sources.getFirst()));
            return swapped;
        }
        return offsets;
    }

    private TableVersion read(TableDefinition table) {
        return line.call(
                Call.READ_TABLE, table::qualifiedName, () -> world.lakehouse().version(table));
    }

    @Override
    public void reload(TableDefinition table) {
        tables.put(table, read(table));
    }

    @Override
    public void landed(long batch, List<TableChange> changes) {
        changes.forEach(change -> tables.put(change.table(), change.version()));
    }

    @Override
    public void forget() {
        tables.clear();
    }

    /** Nothing is due within the seconds that a run takes. */
    @Override
    public void deleteDue() {
        line.live();
    }
}
