package riskcluster.lakehouse.commit;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.commit.BatchTransaction.Landing;
import riskcluster.lakehouse.commit.CommitSteps.Step;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.CheckpointTable;
import riskcluster.lakehouse.ledger.Fence;
import riskcluster.lakehouse.ledger.LedgerFailure;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.SealedCheckpoint;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.Transactions;

/**
 * The one through whom every commit of every table goes: takes sealed checkpoints and makes them visible, all tables at
 * once. One object is one incarnation; it blocks, and is used by one thread at a time.
 *
 * <p>Postgres is the truth. What this object remembers between calls are copies that the transaction checks.
 */
public final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final String SCOPE = "committer";

    /** Bounds a batch after an outage; what is left comes with the next call. */
    private static final int CHECKPOINTS_PER_BATCH = 400;

    /** Only an engine from outside moves pointers; one that does it this often in a row is an incident. */
    private static final int POINTER_ATTEMPTS_MAX = 5;

    /** Snapshots remember the manifests they have read; metadata read anew has forgotten them. */
    private static final int BATCHES_PER_RELOAD = 64;

    /** A minute or so of commits; the files have had half an hour already. */
    private static final int BATCHES_PER_DELETION = 20;

    private final Transactions transactions;
    private final LakeCatalog catalog;
    private final DeferredDeletions deletions;
    private final UUID incarnation;
    private final CommitSteps steps;
    private final BatchTransaction batches;
    private final Retention retention;

    private final Map<TableDefinition, TableMetadata> tables = new HashMap<>();

    /** Files of attempts that are proven to have failed; the next commit records their deletion. */
    private final List<String> garbage = new ArrayList<>();

    private @Nullable Ownership owner;
    private @Nullable BatchAttempt unanswered;
    private long lastBatch;
    private Offsets offsets = Offsets.NONE;
    private boolean deposed;

    /** A committer that keeps the usual number of batches. */
    public Committer(DataSource database, LakeCatalog catalog, UUID incarnation, CommitSteps steps) {
        this(database, catalog, incarnation, steps, Retention.USUAL);
    }

    /**
     * A committer over connections of {@link riskcluster.lakehouse.ledger.LedgerPool}. It takes the committer's epoch
     * with its first call, not here.
     */
    public Committer(
            DataSource database, LakeCatalog catalog, UUID incarnation, CommitSteps steps, Retention retention) {
        this.transactions = new Transactions(database);
        this.catalog = catalog;
        this.deletions = new DeferredDeletions(database, catalog.warehouse().io());
        this.incarnation = incarnation;
        this.steps = steps;
        this.batches = new BatchTransaction(database, steps);
        this.retention = retention;
    }

    /**
     * Makes a bounded number of waiting checkpoints visible. An exception means that nothing is lost and that the next
     * call finds out what happened.
     */
    public CommitResult commitOnce() {
        if (deposed) {
            return new CommitResult.Deposed();
        }
        BatchAttempt open = unanswered;
        if (open != null) {
            Optional<CommitResult> known = resolve(open);
            if (known.isPresent()) {
                return known.get();
            }
        }
        Ownership mine = owner();
        List<SealedCheckpoint> waiting = transactions.atOneMoment(
                "find waiting checkpoints", connection -> CheckpointTable.waiting(connection, CHECKPOINTS_PER_BATCH));
        if (waiting.isEmpty()) {
            return new CommitResult.Nothing();
        }
        steps.reached(Step.CHECKPOINTS_TAKEN);
        return commit(mine, waiting);
    }

    private CommitResult commit(Ownership mine, List<SealedCheckpoint> waiting) {
        BatchAttempt attempt = stage(mine, waiting, Map.of());
        for (int i = 0; i < POINTER_ATTEMPTS_MAX; i++) {
            steps.reached(Step.METADATA_WRITTEN);
            long start = System.nanoTime();
            switch (land(attempt)) {
                case Landing.Landed(var batch) -> {
                    return landed(attempt, batch, Duration.ofNanos(System.nanoTime() - start));
                }
                case Landing.Refused(var why) -> {
                    LOG.warn("batch {} is refused: {}", attempt.id(), why);
                    return depose();
                }
                case Landing.PointersLost(var lost) -> {
                    LOG.warn(
                            "another engine has moved {}; batch {} is staged again on what is there now",
                            lost.stream().map(TableDefinition::qualifiedName).toList(),
                            attempt.id());
                    attempt = stageAgain(attempt, lost);
                }
            }
        }
        garbage.clear();
        garbage.addAll(attempt.allWritten());
        throw new IllegalStateException("batch " + attempt.id() + " lost a pointer " + POINTER_ATTEMPTS_MAX
                + " times: another engine keeps writing to the tables");
    }

    /** Lands the attempt; without an answer it stays to be resolved. */
    private Landing land(BatchAttempt attempt) {
        unanswered = attempt;
        try {
            Landing landing = batches.land(attempt);
            unanswered = null;
            return landing;
        } catch (LedgerFailure unknown) {
            LOG.warn("no answer to the commit of batch {}: the next call finds out what happened", attempt.id());
            throw unknown;
        }
    }

    /** Finds out what became of an attempt without answer; empty where it did not happen and all may begin anew. */
    private Optional<CommitResult> resolve(BatchAttempt attempt) {
        var found = batches.find(attempt, owner == null ? attempt.owner() : owner);
        if (found.isEmpty()) {
            return Optional.of(depose());
        }
        owner = found.get().owner();
        unanswered = null;
        Optional<StoredBatch> batch = found.get().batch();
        if (batch.isPresent()) {
            LOG.info("batch {} had been committed", attempt.id());
            return Optional.of(landed(attempt, batch.get(), Duration.ZERO));
        }
        LOG.info("batch {} had not been committed and will be staged anew", attempt.id());
        garbage.clear();
        garbage.addAll(attempt.allWritten());
        return Optional.empty();
    }

    private CommitResult landed(BatchAttempt attempt, StoredBatch batch, Duration transaction) {
        lastBatch = batch.id();
        offsets = batch.offsets();
        garbage.clear();
        tables.putAll(attempt.tables());
        if (lastBatch % BATCHES_PER_RELOAD == 0) {
            tables.replaceAll((table, metadata) -> catalog.read(metadata.metadataFileLocation()));
        }
        if (lastBatch % BATCHES_PER_DELETION == 0) {
            deleteDue();
        }
        return new CommitResult.Committed(attempt.summary(batch, transaction));
    }

    /** What is not deleted now is deleted later; the batch counts all the same. */
    private void deleteDue() {
        try {
            deletions.deleteDue();
        } catch (LedgerFailure | UncheckedIOException failure) {
            LOG.warn("files whose grace is over were not deleted; the next round tries again", failure);
        }
    }

    private CommitResult depose() {
        deposed = true;
        tables.clear();
        return new CommitResult.Deposed();
    }

    /** Stages a batch; tables in {@code done} are taken over as they were staged before. */
    private BatchAttempt stage(
            Ownership mine, List<SealedCheckpoint> checkpoints, Map<TableDefinition, TableChange> done) {
        long start = System.nanoTime();
        long id = lastBatch + 1;
        Offsets reached = offsets.with(BatchAttempt.advanced(checkpoints));
        SnapshotExpiry expiry = retention.due(id) ? expiry(id) : SnapshotExpiry.NONE;
        var stager = new TableStager(catalog.warehouse().io(), mine, id, reached, expiry);
        var changes = new ArrayList<TableChange>();
        for (TableDefinition table : Tables.ALL) {
            TableChange before = done.get(table);
            changes.add(
                    before != null
                            ? before
                            : stager.stage(table, metadata(table), BatchAttempt.files(checkpoints, table)));
        }
        return new BatchAttempt(
                mine,
                id,
                checkpoints,
                reached,
                changes,
                List.copyOf(garbage),
                expiry.firstKept().orElse(0L),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** The same data files on fresh metadata, for the tables whose pointer was lost. */
    private BatchAttempt stageAgain(BatchAttempt attempt, List<TableDefinition> lost) {
        var done = new HashMap<TableDefinition, TableChange>();
        for (TableChange change : attempt.changes()) {
            if (lost.contains(change.table())) {
                garbage.addAll(change.written());
                tables.put(change.table(), catalog.load(change.table()));
            } else {
                done.put(change.table(), change);
            }
        }
        return stage(attempt.owner(), attempt.checkpoints(), done);
    }

    private SnapshotExpiry expiry(long batch) {
        return transactions
                .atOneMoment(
                        "find the oldest batch to keep",
                        connection -> BatchTable.find(connection, retention.oldestKept(batch)))
                .map(SnapshotExpiry::before)
                .orElse(SnapshotExpiry.NONE);
    }

    private TableMetadata metadata(TableDefinition table) {
        return tables.computeIfAbsent(table, catalog::load);
    }

    private Ownership owner() {
        Ownership known = owner;
        if (known != null) {
            return known;
        }
        Ownership taken = transactions.run(
                "take the committer's epoch", connection -> Fence.take(connection, SCOPE, incarnation));
        Optional<StoredBatch> newest = transactions.atOneMoment("find the newest batch", BatchTable::newest);
        lastBatch = newest.map(StoredBatch::id).orElse(0L);
        offsets = newest.map(StoredBatch::offsets).orElse(Offsets.NONE);
        owner = taken;
        return taken;
    }
}
