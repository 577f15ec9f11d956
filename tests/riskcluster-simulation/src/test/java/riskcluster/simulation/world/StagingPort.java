package riskcluster.simulation.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.commit.BatchAttempt;
import riskcluster.lakehouse.commit.BatchStaging;
import riskcluster.lakehouse.commit.TableChange;
import riskcluster.lakehouse.ledger.SealedCheckpoint;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;
import riskcluster.simulation.fault.Call;
import riskcluster.simulation.fault.Plant;

/** The committer's side of the object store as one process sees it. */
final class StagingPort implements BatchStaging {

    private final World world;
    private final Line line;
    private final Map<TableDefinition, TableVersion> tables = new HashMap<>();

    /** For the mistake of replacing what is remembered. */
    private final Map<LogPartition, String> remembered = new HashMap<>();

    StagingPort(World world, Line line) {
        this.world = world;
        this.line = line;
    }

    @Override
    public List<TableChange> stage(Plan plan, Map<TableDefinition, TableChange> done) {
        var changes = new ArrayList<TableChange>();
        for (var table : Lakehouse.TABLES) {
            var before = done.get(table);
            changes.add(before != null ? before : stage(plan, table));
        }
        return changes;
    }

    private TableChange stage(Plan plan, TableDefinition table) {
        var base = version(table);
        var before = world.store().metadata(base.metadata()).orElse(Store.Metadata.EMPTY);
        boolean gold = table.equals(Lakehouse.GOLD);
        var added = BatchAttempt.files(plan.checkpoints(), gold ? Tables.SILVER_TRANSACTIONS : table);
        if (added.isEmpty()) {
            return TableChange.none(table, base);
        }
        var written = new ArrayList<String>();
        var files = gold ? gold(plan, before, written) : appended(before, added);
        var next = before.next(world.store().number(), plan.id(), offsets(plan, table), files);
        var path = metadataName(table, plan.owner());
        put(path, next);
        written.add(path);
        line.reached(plan.owner().scope(), Step.METADATA_FILE_WRITTEN);
        return new TableChange(
                table,
                base.metadata(),
                new TableVersion(next.snapshot(), path),
                List.copyOf(written),
                List.of(),
                List.of(base.metadata()));
    }

    private static List<String> appended(Store.Metadata before, List<StagedFile> added) {
        var all = new ArrayList<>(before.dataFiles());
        added.forEach(file -> all.add(file.path()));
        return List.copyOf(all);
    }

    /** H7: each file of gold is what the one that it replaces says, and what the batch adds to it. */
    private List<String> gold(Plan plan, Store.Metadata before, List<String> written) {
        var files = new ArrayList<>(before.dataFiles());
        for (var source : sources(plan)) {
            var old = replaced(source, before);
            long counted = old.flatMap(world.store()::gold)
                    .map(Store.GoldFile::decisions)
                    .orElse(0L);
            var path = name(Lakehouse.GOLD, plan.owner(), ".parquet");
            put(path, new Store.GoldFile(source, counted + gained(plan, source)));
            old.ifPresent(files::remove); // a name that is not there is none to object to
            files.add(path);
            written.add(path);
        }
        return List.copyOf(files);
    }

    private static List<LogPartition> sources(Plan plan) {
        return plan.checkpoints().stream()
                .map(SealedCheckpoint::source)
                .distinct()
                .filter(source -> gained(plan, source) > 0)
                .toList();
    }

    private static long gained(Plan plan, LogPartition source) {
        var own = plan.checkpoints().stream()
                .filter(checkpoint -> checkpoint.source().equals(source))
                .toList();
        return BatchAttempt.files(own, Tables.SILVER_TRANSACTIONS).stream()
                .mapToLong(StagedFile::rows)
                .sum();
    }

    private Optional<String> replaced(LogPartition source, Store.Metadata before) {
        var known = remembered.get(source);
        if (known != null && world.fate().planted(Plant.GOLD_BY_REMEMBERED_NAMES)) {
            return Optional.of(known);
        }
        return before.dataFiles().stream().filter(path -> isOf(source, path)).findFirst();
    }

    private boolean isOf(LogPartition source, String path) {
        return world.store()
                .gold(path)
                .filter(file -> file.source().equals(source))
                .isPresent();
    }

    private void put(String path, Store.Stored content) {
        line.call(Call.PUT_METADATA, () -> path, () -> {
            world.store().put(path, content);
            return true;
        });
    }

    private String name(TableDefinition table, Ownership owner, String suffix) {
        return world.store().name(table.qualifiedName() + "/" + owner.scope() + "-e" + owner.epoch(), suffix);
    }

    String metadataName(TableDefinition table, Ownership owner) {
        return name(table, owner, ".metadata.json");
    }

    /** The table as it was last known. */
    TableVersion version(TableDefinition table) {
        var known = tables.get(table);
        var base = known != null ? known : read(table);
        tables.put(table, base);
        return base;
    }

    /** A rewrite has put this in the place of what was known. */
    void replaced(TableDefinition table, TableVersion version) {
        tables.put(table, version);
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
        var gold = world.store().metadata(version(Lakehouse.GOLD).metadata()).orElse(Store.Metadata.EMPTY);
        gold.dataFiles()
                .forEach(path -> world.store().gold(path).ifPresent(file -> remembered.put(file.source(), path)));
    }

    @Override
    public void forget() {
        tables.clear();
    }

    /** Maintenance does it here. */
    @Override
    public void deleteDue() {
        line.live();
    }
}
