package riskcluster.lakehouse.maintain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SortOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.commit.DeferredDeletions;
import riskcluster.lakehouse.ledger.BatchTable.Committed;
import riskcluster.lakehouse.ledger.LedgerFailure;
import riskcluster.lakehouse.maintain.MaintainSteps.Step;
import riskcluster.lakehouse.maintain.MaintenanceLedger.Standing;
import riskcluster.lakehouse.maintain.MaintenanceRun.Outcome;
import riskcluster.lakehouse.maintain.Tenure.Answer;
import riskcluster.lakehouse.merge.FileMerge;
import riskcluster.lakehouse.rekey.PseudonymKeys;

/**
 * The one who keeps the tables fit: looks at their state, does what is most due, one thing of one table at a time, and
 * has it committed by the committer. One object is one incarnation; it blocks, and is used by one thread at a time.
 */
public final class Maintenance implements Maintainer {

    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    /** A table on which something failed is left alone for so many rounds: what is wrong with it stays wrong for a while. */
    private static final int ROUNDS_ASIDE = 20;

    private final LakeCatalog catalog;
    private final List<TableDefinition> tables;
    private final Thresholds thresholds;
    private final InstantSource clock;
    private final MaintainSteps steps;
    private final MaintenanceLedger ledger;
    private final DeferredDeletions deletions;
    private final TableFiles.Reader reader;
    private final Tenure tenure;
    private final Expiry expiry;
    private final OrphanSweep sweep;
    private final Erasing erasing;
    private final Rekeying rekeying;
    private final Correcting correcting;
    private final Map<TableDefinition, Integer> aside = new HashMap<>();

    /** Tells the files of this incarnation from those of another that was handed the same epoch. */
    private final String opening =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    private int fileNumber;
    private long nextSweep;

    /** Over connections of {@link riskcluster.lakehouse.ledger.LedgerPool}; takes its epoch with the first round. */
    public Maintenance(
            DataSource database,
            LakeCatalog catalog,
            List<TableDefinition> tables,
            Committing committing,
            UUID incarnation,
            Thresholds thresholds,
            InstantSource clock,
            MaintainSteps steps) {
        this(database, catalog, tables, committing, incarnation, thresholds, clock, steps, PseudonymKeys.NONE);
    }

    /**
     * The same.
     *
     * @param keys of the pseudonyms, for a rekey
     */
    public Maintenance(
            DataSource database,
            LakeCatalog catalog,
            List<TableDefinition> tables,
            Committing committing,
            UUID incarnation,
            Thresholds thresholds,
            InstantSource clock,
            MaintainSteps steps,
            PseudonymKeys keys) {
        this.catalog = catalog;
        this.tables = List.copyOf(tables);
        this.thresholds = thresholds;
        this.clock = clock;
        this.steps = steps;
        this.ledger = new PostgresMaintenance(database, this.tables);
        this.deletions = new DeferredDeletions(database, catalog.warehouse().io());
        this.reader = new TableFiles.Reader(catalog.warehouse().io());
        this.tenure = new Tenure(ledger, committing, incarnation, steps);
        this.expiry = new Expiry(catalog, ledger);
        this.sweep = new OrphanSweep(catalog, Duration.ofDays(thresholds.orphanDays()), clock);
        this.erasing = new Erasing(database, catalog, this.tables, ledger, tenure, expiry, clock, this::fileName);
        this.rekeying = new Rekeying(database, catalog, tenure, keys, clock, this::fileName);
        this.correcting = new Correcting(database, catalog, tenure, steps, clock);
    }

    @Override
    public Round runOnce() {
        tenure.owner();
        Standing standing = ledger.standing();
        KeptBatches kept = KeptBatches.of(standing.batches(), standing.savepoints(), thresholds);
        if (!kept.forgotten().isEmpty() && kept.forgotten().size() >= thresholds.batchSlack()) {
            tenure.forget(kept.forgotten());
            steps.reached(Step.BATCHES_FORGOTTEN);
            kept = kept.alone();
        }
        Optional<MaintenanceRun> run = tenure.isDeposed() ? Optional.empty() : erasedOrNext(standing, kept);
        if (tenure.isDeposed()) {
            return new Round.Deposed();
        }
        return run.<Round>map(Round.Ran::new).orElseGet(this::rest);
    }

    @Override
    public List<TableFitness> fitness() {
        var fitness = new ArrayList<TableFitness>();
        Map<String, String> pointers = ledger.standing().pointers();
        for (TableDefinition table : tables) {
            String pointer = pointers.get(table.qualifiedName());
            if (pointer != null) {
                fitness.add(fitness(reader.read(table, catalog.read(pointer))));
            }
        }
        return fitness;
    }

    private Round rest() {
        deletions.deleteDue();
        return new Round.Idle();
    }

    private Optional<MaintenanceRun> erasedOrNext(Standing standing, KeptBatches kept) {
        Optional<MaintenanceRun> erased = erasing.next(standing.batches());
        if (erased.isPresent() || tenure.isDeposed()) {
            return erased;
        }
        Optional<MaintenanceRun> rekeyed = rekeying.next();
        if (rekeyed.isPresent() || tenure.isDeposed()) {
            return rekeyed;
        }
        Optional<MaintenanceRun> corrected = correcting.next();
        return corrected.isPresent() || tenure.isDeposed() ? corrected : next(standing, kept);
    }

    private Optional<MaintenanceRun> next(Standing standing, KeptBatches kept) {
        var looked = new ArrayList<TableFiles>();
        for (TableDefinition table : tables) {
            String pointer = standing.pointers().get(table.qualifiedName());
            if (pointer == null || aside.containsKey(table)) {
                continue;
            }
            Instant start = clock.instant();
            try {
                looked.add(reader.read(table, catalog.read(pointer)));
            } catch (RuntimeException failure) {
                return Optional.of(failed(table, "look", failure, start));
            }
        }
        Optional<Work> work = Work.choose(looked, kept, thresholds);
        if (work.isPresent()) {
            steps.reached(Step.CHOSEN);
            return Optional.of(tried(work.get()));
        }
        aside.replaceAll((table, rounds) -> rounds - 1);
        aside.values().removeIf(rounds -> rounds <= 0);
        return isSweepDue(standing.batches()) ? Optional.of(sweep(standing.batches())) : Optional.empty();
    }

    /** What fails is told, changes nothing, and is tried again later. */
    private MaintenanceRun tried(Work work) {
        Instant start = clock.instant();
        try {
            MaintenanceRun run = done(work, start);
            if (run.outcome() == Outcome.REFUSED) {
                aside.put(work.table(), 1);
            }
            return run;
        } catch (LedgerFailure unanswered) {
            throw unanswered;
        } catch (RuntimeException failure) {
            return failed(work.table(), kind(work), failure, start);
        }
    }

    private MaintenanceRun done(Work work, Instant start) {
        return switch (work) {
            case Work.Compact compact -> compact(compact, start);
            case Work.MergeManifests(var files) -> {
                Answer answer = tenure.submit(new ManifestRewrite(tenure.prepare(files.table())));
                yield run(work, answer, files.manifests().size(), 1, 0, start);
            }
            case Work.DropSnapshots(var table, var kept) -> {
                var removal = expiry.removal(tenure.prepare(table), table, kept);
                if (removal.isEmpty()) {
                    aside.put(table, 1);
                    yield run(work, new Answer(Outcome.DONE, "nothing to drop"), 0, 0, 0, start);
                }
                yield run(
                        work,
                        tenure.submit(removal.get()),
                        removal.get().removed().size(),
                        0,
                        0,
                        start);
            }
        };
    }

    /** Files that were written for nothing are proven to be nobody's: the rewrite that named them can not happen. */
    private MaintenanceRun compact(Work.Compact work, Instant start) {
        var compaction = work.compaction();
        var preparation = tenure.prepare(work.table());
        DataFile merged = merged(work);
        steps.reached(Step.FILES_WRITTEN);
        SortOrder order = compaction.sorts() ? work.order() : SortOrder.unsorted();
        long from = work.files().metadata().currentSnapshot().snapshotId();
        Answer answer = tenure.submit(new FileRewrite(preparation, from, compaction, merged, order));
        if (answer.outcome() != Outcome.DONE && !tenure.isDeposed()) {
            tenure.defer(List.of(merged.location()), "refused " + compaction.kind());
        }
        return run(work, answer, compaction.files().size(), 1, compaction.bytes(), start);
    }

    private DataFile merged(Work.Compact work) {
        var sizes = new FileMerge.Sizes(thresholds.groupBytes(), thresholds.copyFromBytes());
        String name = fileName();
        var io = catalog.warehouse().io();
        try (var merge = new FileMerge(work.files().metadata(), work.table().name(), io, sizes)) {
            return work.compaction().sorts()
                    ? merge.sort(work.compaction().files(), work.order(), name)
                    : merge.merge(work.compaction().files(), name);
        }
    }

    /** Never used before. */
    private String fileName() {
        return tenure.owner().scope() + "-e" + tenure.owner().epoch() + "-" + opening + "-" + fileNumber++ + ".parquet";
    }

    private boolean isSweepDue(List<Committed> batches) {
        return !batches.isEmpty() && batches.getLast().id() >= nextSweep;
    }

    private MaintenanceRun sweep(List<Committed> batches) {
        Instant start = clock.instant();
        nextSweep = batches.getLast().id() + thresholds.sweepBatches();
        var living = ledger.living();
        var orphans = new ArrayList<String>();
        for (TableDefinition table : tables) {
            try {
                orphans.addAll(sweep.orphans(table, living));
            } catch (RuntimeException failure) {
                return failed(table, "orphan sweep", failure, start);
            }
        }
        steps.reached(Step.ORPHANS_FOUND);
        tenure.defer(orphans, "orphan");
        return new MaintenanceRun("*", "orphan sweep", Outcome.DONE, orphans.size(), 0, 0, start, since(start), "");
    }

    private MaintenanceRun failed(TableDefinition table, String what, RuntimeException failure, Instant start) {
        if (Thread.currentThread().isInterrupted()) { // its node ends
            LOG.info("{} of {} was stopped; nothing was changed", what, table.qualifiedName());
            throw failure;
        }
        aside.put(table, ROUNDS_ASIDE);
        LOG.error(
                "{} of {} failed and is left alone for {} rounds; nothing was changed",
                what,
                table.qualifiedName(),
                ROUNDS_ASIDE,
                failure);
        return new MaintenanceRun(
                table.qualifiedName(), what, Outcome.FAILED, 0, 0, 0, start, since(start), why(failure));
    }

    private MaintenanceRun run(Work work, Answer answer, int before, int after, long bytes, Instant start) {
        return new MaintenanceRun(
                work.table().qualifiedName(),
                kind(work),
                answer.outcome(),
                before,
                after,
                bytes,
                start,
                since(start),
                answer.why());
    }

    private static String kind(Work work) {
        return switch (work) {
            case Work.Compact compact -> compact.compaction().kind();
            case Work.MergeManifests manifests -> "manifest rewrite";
            case Work.DropSnapshots snapshots -> "snapshot expiry";
        };
    }

    private long since(Instant start) {
        return Duration.between(start, clock.instant()).toMillis();
    }

    private static String why(RuntimeException failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private TableFitness fitness(TableFiles table) {
        var metadata = table.metadata();
        long large = table.files().stream()
                .mapToLong(DataFile::fileSizeInBytes)
                .filter(bytes -> bytes >= thresholds.smallBytes())
                .sum();
        int small = (int) table.files().stream()
                .filter(file -> file.fileSizeInBytes() < thresholds.smallBytes())
                .count();
        return new TableFitness(
                table.table().qualifiedName(),
                table.files().size(),
                small,
                table.bytes(),
                large,
                table.manifests().size(),
                metadata.snapshots().size(),
                (int) metadata.refs().keySet().stream()
                        .filter(KeptBatches::isOurs)
                        .count(),
                catalog.warehouse()
                        .io()
                        .newInputFile(metadata.metadataFileLocation())
                        .getLength());
    }
}
