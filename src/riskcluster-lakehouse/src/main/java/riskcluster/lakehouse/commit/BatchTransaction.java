package riskcluster.lakehouse.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.CatalogRows;
import riskcluster.lakehouse.commit.CommitSteps.Step;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.CheckpointTable;
import riskcluster.lakehouse.ledger.Fence;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.Transactions;

/** The one Postgres transaction that makes a batch visible, and the one that finds out whether it happened. */
final class BatchTransaction {

    private final Transactions transactions;
    private final CommitSteps steps;

    BatchTransaction(DataSource database, CommitSteps steps) {
        this.transactions = new Transactions(database);
        this.steps = steps;
    }

    /** What Postgres said. */
    sealed interface Landing {

        /** It happened. */
        record Landed(StoredBatch batch) implements Landing {}

        /** Somebody moved these tables' pointers; nothing happened. */
        record PointersLost(List<TableDefinition> tables) implements Landing {}

        /** The epoch is another's, or checkpoints are committed already; nothing happened. */
        record Refused(String why) implements Landing {}
    }

    /** What was found after no answer, under a new epoch that makes the old transaction impossible. */
    record Found(Ownership owner, Optional<StoredBatch> batch) {}

    /** Makes the batch visible. A {@link riskcluster.lakehouse.ledger.LedgerFailure}: nobody knows. */
    Landing land(BatchAttempt attempt) {
        Landing landing = transactions.run("commit batch " + attempt.id(), connection -> {
            if (!Fence.hold(connection, attempt.owner())) {
                return Transactions.refuse(connection, new Landing.Refused("the epoch is another's"));
            }
            steps.reached(Step.FENCE_HELD);
            List<TableDefinition> lost = movePointers(connection, attempt);
            if (!lost.isEmpty()) {
                return Transactions.refuse(connection, new Landing.PointersLost(lost));
            }
            steps.reached(Step.POINTERS_MOVED);
            int marked = CheckpointTable.mark(connection, attempt.checkpoints(), attempt.id());
            if (marked != attempt.checkpoints().size()) {
                return Transactions.refuse(
                        connection,
                        new Landing.Refused(
                                marked + " of " + attempt.checkpoints().size() + " checkpoints were still waiting"));
            }
            steps.reached(Step.CHECKPOINTS_MARKED);
            StoredBatch batch = record(connection, attempt);
            steps.reached(Step.BEFORE_COMMIT);
            return new Landing.Landed(batch);
        });
        if (landing instanceof Landing.Landed) {
            steps.reached(Step.AFTER_COMMIT);
        }
        return landing;
    }

    /**
     * Bumps the epoch where it is still ours, which waits for a transaction under way and makes a late one fail, and
     * only then looks. Empty where the epoch is another's.
     */
    Optional<Found> find(BatchAttempt attempt, Ownership owner) {
        return transactions.run("look for batch " + attempt.id(), connection -> {
            Optional<Ownership> bumped = Fence.bump(connection, owner);
            if (bumped.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Found(bumped.get(), BatchTable.find(connection, attempt.id(), attempt.owner())));
        });
    }

    private static List<TableDefinition> movePointers(Connection connection, BatchAttempt attempt) throws SQLException {
        var lost = new ArrayList<TableDefinition>();
        for (TableChange change : attempt.changes()) {
            if (!moves(connection, change)) {
                lost.add(change.table());
            }
        }
        return lost;
    }

    /** A table that the batch does not change must stand where the batch row will say it stands. */
    private static boolean moves(Connection connection, TableChange change) throws SQLException {
        return change.isChange()
                ? CatalogRows.move(connection, change.table(), change.from(), change.to())
                : CatalogRows.pointer(connection, change.table()).equals(Optional.of(change.from()));
    }

    private static StoredBatch record(Connection connection, BatchAttempt attempt) throws SQLException {
        StoredBatch batch = BatchTable.add(
                connection,
                attempt.owner(),
                attempt.id(),
                attempt.records(),
                attempt.checkpoints().size(),
                attempt.offsets(),
                attempt.versions());
        DeferredDeletions.add(connection, attempt.garbage(), "failed attempt of a commit");
        for (TableChange change : attempt.changes()) {
            DeferredDeletions.add(connection, change.droppedMetadata(), "old metadata");
            DeferredDeletions.add(connection, change.dropped(), "expired snapshot");
        }
        if (attempt.firstKept() > 0) {
            BatchTable.forgetBelow(connection, attempt.firstKept());
            CheckpointTable.forgetBelow(connection, attempt.firstKept());
        }
        return batch;
    }
}
