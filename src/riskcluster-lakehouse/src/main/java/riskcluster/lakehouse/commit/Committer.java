package riskcluster.lakehouse.commit;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.commit.CommitLedger.Landing;
import riskcluster.lakehouse.commit.CommitSteps.Step;
import riskcluster.lakehouse.ledger.LedgerFailure;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.SealedCheckpoint;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.quality.QualityGate;

/**
 * The one through whom every commit of every table goes: takes sealed checkpoints and makes them visible, all tables at
 * once. One object is one incarnation; it blocks, and is used by one thread at a time.
 *
 * <p>Postgres is the truth. What this object remembers between calls are copies that the transaction checks.
 */
public final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    /** Bounds a batch after an outage; what is left comes with the next call. */
    private static final int CHECKPOINTS_PER_BATCH = 400;

    /** Only an engine from outside moves pointers; one that does it this often in a row is an incident. */
    private static final int POINTER_ATTEMPTS_MAX = 5;

    /** A minute or so of commits; the files have had half an hour already. */
    private static final int BATCHES_PER_DELETION = 20;

    private final CommitLedger ledger;
    private final BatchStaging staging;
    private final Rewrites rewrites;
    private final UUID incarnation;
    private final CommitSteps steps;

    /** Files of attempts that are proven to have failed; the next commit records their deletion. */
    private final List<String> garbage = new ArrayList<>();

    private @Nullable Ownership owner;
    private @Nullable BatchAttempt unanswered;
    private long lastBatch;
    private Offsets offsets = Offsets.NONE;
    private boolean deposed;

    /**
     * A committer over connections of {@link riskcluster.lakehouse.ledger.LedgerPool}. It takes the committer's epoch
     * with its first call, not here. It drops no batch: that is maintenance's, which knows the tags.
     */
    public Committer(DataSource database, LakeCatalog catalog, UUID incarnation, CommitSteps steps) {
        this(database, catalog, new IcebergStaging(database, catalog), incarnation, steps);
    }

    /** The same, that holds each batch to rules of quality. */
    public Committer(
            DataSource database, LakeCatalog catalog, UUID incarnation, CommitSteps steps, QualityGate quality) {
        this(database, catalog, new IcebergStaging(database, catalog, quality), incarnation, steps);
    }

    private Committer(
            DataSource database, LakeCatalog catalog, IcebergStaging staging, UUID incarnation, CommitSteps steps) {
        this(
                new PostgresCommits(database, steps),
                staging,
                new IcebergRewrites(database, catalog.warehouse().io(), staging),
                incarnation,
                steps);
    }

    /** A committer over a ledger and a store of its caller's. */
    public Committer(CommitLedger ledger, BatchStaging staging, UUID incarnation, CommitSteps steps) {
        this(ledger, staging, Rewrites.NONE, incarnation, steps);
    }

    /** The same, over a store that takes rewrites. */
    public Committer(
            CommitLedger ledger, BatchStaging staging, Rewrites rewrites, UUID incarnation, CommitSteps steps) {
        this.ledger = ledger;
        this.staging = staging;
        this.rewrites = rewrites;
        this.incarnation = incarnation;
        this.steps = steps;
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
        List<SealedCheckpoint> waiting = ledger.waiting(CHECKPOINTS_PER_BATCH);
        if (waiting.isEmpty()) {
            return new CommitResult.Nothing();
        }
        steps.reached(Step.CHECKPOINTS_TAKEN);
        return commit(mine, waiting);
    }

    /**
     * Commits a step of one table, or of all, that adds no records. An exception means that nobody knows whether it happened, and
     * that the rewrite's owner must take a new epoch before it looks.
     */
    public RewriteResult rewrite(Rewrite rewrite) {
        if (deposed) {
            return new RewriteResult.Deposed();
        }
        if (unanswered != null) {
            return new RewriteResult.Refused("a batch without an answer comes first");
        }
        RewriteResult result = rewrite instanceof Amendment amendment
                ? amend(owner(), amendment)
                : rewrites.apply(owner(), rewrite, garbage);
        if (result instanceof RewriteResult.Deposed) {
            depose();
        }
        return result;
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
                case Landing.NotAmended(var why) ->
                    throw new IllegalStateException("checkpoints are no amendment: " + why);
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

    /** Stages all tables anew where a pointer was lost: what gold makes of it follows from the rows of silver. */
    private RewriteResult amend(Ownership mine, Amendment amendment) {
        for (int i = 0; i < POINTER_ATTEMPTS_MAX; i++) {
            BatchAttempt attempt;
            try {
                attempt = stage(mine, amendment);
            } catch (ValidationException cannotBe) {
                staging.forget();
                if (i == 0) {
                    continue; // what was remembered may be older than what another engine made of it
                }
                return new RewriteResult.Impossible(String.valueOf(cannotBe.getMessage()));
            }
            amendment.reached(Rewrite.Step.STAGED);
            switch (land(attempt)) {
                case Landing.Landed(var batch) -> {
                    count(attempt, batch);
                    amendment.reached(Rewrite.Step.AFTER_COMMIT);
                    return new RewriteResult.Done(Objects.requireNonNull(
                            attempt.versions().get(amendment.table().qualifiedName())));
                }
                case Landing.Refused(var why) -> {
                    return new RewriteResult.Deposed();
                }
                case Landing.NotAmended(var why) -> {
                    garbage.addAll(attempt.allWritten());
                    staging.forget();
                    return why;
                }
                case Landing.PointersLost(var lost) -> {
                    garbage.addAll(attempt.allWritten());
                    staging.forget();
                }
            }
        }
        return new RewriteResult.Refused("another engine keeps writing to the tables");
    }

    private BatchAttempt stage(Ownership mine, Amendment amendment) {
        long start = System.nanoTime();
        long id = lastBatch + 1;
        List<TableChange> changes = staging.amend(new BatchStaging.Plan(mine, id, List.of(), offsets), amendment);
        return new BatchAttempt(
                mine,
                id,
                List.of(),
                offsets,
                changes,
                List.copyOf(garbage),
                Duration.ofNanos(System.nanoTime() - start),
                amendment);
    }

    /** Lands the attempt; without an answer it stays to be resolved. */
    private Landing land(BatchAttempt attempt) {
        unanswered = attempt;
        try {
            Landing landing = ledger.land(attempt);
            unanswered = null;
            return landing;
        } catch (LedgerFailure unknown) {
            LOG.warn("no answer to the commit of batch {}: the next call finds out what happened", attempt.id());
            throw unknown;
        }
    }

    /** Finds out what became of an attempt without answer; empty where it did not happen and all may begin anew. */
    private Optional<CommitResult> resolve(BatchAttempt attempt) {
        var found = ledger.find(attempt, owner == null ? attempt.owner() : owner);
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
        count(attempt, batch);
        var result = new CommitResult.Committed(attempt.summary(batch, transaction));
        steps.reached(Step.BATCH_UNTOLD);
        return result;
    }

    private void count(BatchAttempt attempt, StoredBatch batch) {
        lastBatch = batch.id();
        offsets = batch.offsets();
        garbage.clear();
        staging.landed(lastBatch, attempt.changes());
        if (lastBatch % BATCHES_PER_DELETION == 0) {
            deleteDue();
        }
    }

    /** What is not deleted now is deleted later; the batch counts all the same. */
    private void deleteDue() {
        try {
            staging.deleteDue();
        } catch (LedgerFailure | UncheckedIOException failure) {
            LOG.warn("files whose grace is over were not deleted; the next round tries again", failure);
        }
    }

    private CommitResult depose() {
        deposed = true;
        staging.forget();
        return new CommitResult.Deposed();
    }

    /** Stages a batch; tables in {@code done} are taken over as they were staged before. */
    private BatchAttempt stage(
            Ownership mine, List<SealedCheckpoint> checkpoints, Map<TableDefinition, TableChange> done) {
        long start = System.nanoTime();
        long id = lastBatch + 1;
        Offsets reached = offsets.with(BatchAttempt.advanced(checkpoints));
        List<TableChange> changes = staging.stage(new BatchStaging.Plan(mine, id, checkpoints, reached), done);
        return new BatchAttempt(
                mine,
                id,
                checkpoints,
                reached,
                changes,
                List.copyOf(garbage),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** The same data files on fresh metadata, for the tables whose pointer was lost. */
    private BatchAttempt stageAgain(BatchAttempt attempt, List<TableDefinition> lost) {
        var done = new HashMap<TableDefinition, TableChange>();
        for (TableChange change : attempt.changes()) {
            if (lost.contains(change.table())) {
                garbage.addAll(change.written());
                staging.reload(change.table());
            } else {
                done.put(change.table(), change);
            }
        }
        return stage(attempt.owner(), attempt.checkpoints(), done);
    }

    private Ownership owner() {
        Ownership known = owner;
        if (known != null) {
            return known;
        }
        Ownership taken = ledger.take(incarnation);
        Optional<StoredBatch> newest = ledger.newest();
        lastBatch = newest.map(StoredBatch::id).orElse(0L);
        offsets = newest.map(StoredBatch::offsets).orElse(Offsets.NONE);
        owner = taken;
        return taken;
    }
}
