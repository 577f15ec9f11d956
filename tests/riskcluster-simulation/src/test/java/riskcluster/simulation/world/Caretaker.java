package riskcluster.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.maintain.Committing;
import riskcluster.lakehouse.maintain.KeptBatches;
import riskcluster.lakehouse.maintain.MaintainSteps;
import riskcluster.lakehouse.maintain.Maintainer;
import riskcluster.lakehouse.maintain.MaintenanceLedger;
import riskcluster.lakehouse.maintain.MaintenanceRun;
import riskcluster.lakehouse.maintain.Round;
import riskcluster.lakehouse.maintain.TableFitness;
import riskcluster.lakehouse.maintain.Tenure;
import riskcluster.lakehouse.maintain.Thresholds;
import riskcluster.simulation.fault.Call;
import riskcluster.simulation.fault.Plant;

/**
 * Maintenance of simulated tables. Its epoch, its answers and what it may delete are the program's own
 * ({@link Tenure}, {@link KeptBatches}, {@link MaintenanceLedger.Living}); what a file holds is the simulation's.
 */
final class Caretaker implements Maintainer {

    /** Two batches can be pinned, and what is more is forgotten one at a time: short runs are to forget often. */
    private static final Thresholds THRESHOLDS =
            new Thresholds(1 << 20, 1 << 20, 4, 16, 1 << 20, 1 << 20, 1, 1, 2, 1, 0, 0, 1, 2);

    private final World world;
    private final Line line;
    private final MaintenanceLedger ledger;
    private final Tenure tenure;
    private long nextSweep;

    Caretaker(World world, Line line, Committing committing) {
        this.world = world;
        this.line = line;
        this.ledger = new MaintenancePort(world, line);
        this.tenure = new Tenure(ledger, committing, UUID.randomUUID(), line::maintained);
    }

    @Override
    public Round runOnce() {
        tenure.owner();
        var standing = ledger.standing();
        var kept = KeptBatches.of(standing.batches(), THRESHOLDS);
        if (kept.forgotten().size() >= THRESHOLDS.batchSlack()) {
            tenure.forget(kept.forgotten());
            line.maintained(MaintainSteps.Step.BATCHES_FORGOTTEN);
            kept = kept.alone();
        }
        Optional<MaintenanceRun> run = tenure.isDeposed() ? Optional.empty() : next(standing, kept);
        if (tenure.isDeposed()) {
            return new Round.Deposed();
        }
        return run.<Round>map(Round.Ran::new).orElseGet(this::rest);
    }

    @Override
    public List<TableFitness> fitness() {
        return List.of();
    }

    private Round rest() {
        world.lakehouse().deferred().due().forEach(this::delete);
        return new Round.Idle();
    }

    private void delete(String path) {
        line.call(Call.DELETE_FILE, () -> path, () -> {
            world.store().delete(path);
            world.lakehouse().deferred().forget(path);
            world.checkFiles();
            return true;
        });
    }

    /** The sweep comes first: in a short run there is always something else to do. */
    private Optional<MaintenanceRun> next(MaintenanceLedger.Standing standing, KeptBatches kept) {
        var batches = standing.batches();
        if (!batches.isEmpty() && batches.getLast().id() >= nextSweep) {
            return Optional.of(sweep(batches.getLast().id()));
        }
        int first = world.fate().below(Lakehouse.TABLES.size());
        for (int i = 0; i < Lakehouse.TABLES.size(); i++) {
            var table = Lakehouse.TABLES.get((first + i) % Lakehouse.TABLES.size());
            var pointer = standing.pointers().getOrDefault(table.qualifiedName(), "");
            var looked = line.call(
                    Call.READ_FOR_REWRITE, () -> pointer, () -> world.store().metadata(pointer));
            if (looked.isPresent()) {
                var run =
                        looked.flatMap(metadata -> compacted(table, metadata).or(() -> expired(table, metadata, kept)));
                if (run.isPresent()) {
                    return run;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<MaintenanceRun> compacted(TableDefinition table, Store.Metadata metadata) {
        var many = many(table, metadata);
        if (many.isEmpty()) {
            return Optional.empty();
        }
        long start = world.loop().nowMicros();
        line.maintained(MaintainSteps.Step.CHOSEN);
        var owner = tenure.owner();
        var path = world.store().name(table.qualifiedName() + "/" + owner.scope() + "-e" + owner.epoch(), ".parquet");
        line.call(Call.PUT_MERGED, () -> path, () -> {
            merged(many).ifPresent(file -> world.store().put(path, file));
            return true;
        });
        line.maintained(MaintainSteps.Step.FILES_WRITTEN);
        var change = world.fate().planted(Plant.REWRITE_OF_OLD_SNAPSHOT)
                ? TableRewrite.replacing(many, path, metadata)
                : TableRewrite.replacing(many, path);
        var answer = tenure.submit(rewrite(table, "compaction", change));
        if (answer.outcome() != MaintenanceRun.Outcome.DONE && !tenure.isDeposed()) {
            tenure.defer(List.of(path), "refused compaction");
        }
        return Optional.of(run(table, "compaction", answer, start));
    }

    /** Files of one partition, where there are enough; of gold, one that a batch has written. */
    private List<String> many(TableDefinition table, Store.Metadata metadata) {
        if (table.equals(Lakehouse.GOLD)) {
            return metadata.dataFiles().stream()
                    .filter(path -> path.contains("/committer-"))
                    .limit(1)
                    .toList();
        }
        Map<LogPartition, List<String>> bySource = new TreeMap<>(Comparator.comparing(LogPartition::toString));
        for (var path : metadata.dataFiles()) {
            world.store()
                    .dataFile(path)
                    .ifPresent(file -> bySource.computeIfAbsent(file.source(), first -> new ArrayList<>())
                            .add(path));
        }
        return bySource.values().stream()
                .filter(files -> files.size() >= THRESHOLDS.smallFiles())
                .findFirst()
                .orElse(List.of());
    }

    private Optional<Store.Stored> merged(List<String> many) {
        var gold = world.store().gold(many.getFirst());
        if (gold.isPresent()) {
            return Optional.of(gold.get());
        }
        var rows = new ArrayList<Store.Row>();
        many.forEach(path -> world.store().dataFile(path).ifPresent(file -> rows.addAll(file.rows())));
        return world.store().dataFile(many.getFirst()).map(file -> new Store.RowFile(file.source(), List.copyOf(rows)));
    }

    private Optional<MaintenanceRun> expired(TableDefinition table, Store.Metadata metadata, KeptBatches kept) {
        var shown = new HashSet<Long>();
        for (var batch : ledger.shown(table, kept.all()).batches()) {
            var version = batch.tables().get(table.qualifiedName());
            if (version != null && version.snapshot() != null) {
                shown.add(version.snapshot());
            }
        }
        var old = new HashSet<>(metadata.kept().keySet());
        old.removeAll(shown);
        old.remove(metadata.snapshot());
        if (old.size() < THRESHOLDS.batchSlack()) {
            return Optional.empty();
        }
        long start = world.loop().nowMicros();
        line.maintained(MaintainSteps.Step.CHOSEN);
        var answer = tenure.submit(rewrite(table, "snapshot expiry", TableRewrite.dropping(old)));
        return Optional.of(run(table, "snapshot expiry", answer, start));
    }

    private TableRewrite rewrite(TableDefinition table, String kind, TableRewrite.Change change) {
        return new TableRewrite(UUID.randomUUID(), tenure.owner(), table, kind, line::maintained, change);
    }

    /** No age protects a file here: the epochs must. */
    private MaintenanceRun sweep(long batch) {
        nextSweep = batch + THRESHOLDS.sweepBatches();
        long start = world.loop().nowMicros();
        var living = ledger.living();
        var orphans = new ArrayList<String>();
        for (var table : Lakehouse.TABLES) {
            orphans.addAll(orphans(table.qualifiedName(), living));
        }
        line.maintained(MaintainSteps.Step.ORPHANS_FOUND);
        tenure.defer(orphans, "orphan");
        return run(Lakehouse.GOLD, "orphan sweep", new Tenure.Answer(MaintenanceRun.Outcome.DONE, ""), start);
    }

    private List<String> orphans(String table, MaintenanceLedger.Living living) {
        var candidates = line
                .call(Call.LIST_FILES, () -> table, () -> world.store().list(table))
                .stream()
                .filter(living::mayBeOrphan)
                .toList();
        var pointer = living.pointers().getOrDefault(table, "");
        var metadata = line.call(
                Call.READ_FOR_REWRITE, () -> pointer, () -> world.store().metadata(pointer));
        if (metadata.isEmpty()) {
            return List.of();
        }
        var named = metadata.get().named();
        named.add(pointer);
        return candidates.stream().filter(path -> !named.contains(path)).toList();
    }

    private MaintenanceRun run(TableDefinition table, String kind, Tenure.Answer answer, long start) {
        long took = Duration.ofNanos(1_000 * (world.loop().nowMicros() - start)).toMillis();
        return new MaintenanceRun(
                table.qualifiedName(), kind, answer.outcome(), 0, 0, 0, Instant.EPOCH, took, answer.why());
    }
}
