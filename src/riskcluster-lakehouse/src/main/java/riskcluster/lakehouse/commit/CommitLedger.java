package riskcluster.lakehouse.commit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.ledger.SealedCheckpoint;
import riskcluster.lakehouse.ledger.StoredBatch;

/**
 * The committer's side of Postgres. Every call blocks and is one transaction; an exception means that nobody knows
 * whether it happened.
 */
public interface CommitLedger {

    /** What Postgres said to a batch. */
    sealed interface Landing {

        /** It happened. */
        record Landed(StoredBatch batch) implements Landing {}

        /** Somebody moved these tables' pointers; nothing happened. */
        record PointersLost(List<TableDefinition> tables) implements Landing {}

        /** The epoch is another's, or checkpoints are committed already; nothing happened. */
        record Refused(String why) implements Landing {}

        /** What the amendment itself asks for does not hold; nothing happened, and the committer is in office. */
        record NotAmended(RewriteResult why) implements Landing {}
    }

    /** What was found after no answer, under a new epoch that makes the old transaction impossible. */
    record Found(Ownership owner, Optional<StoredBatch> batch) {}

    /** Takes the committer's next epoch: from its return no older committer can land a batch. */
    Ownership take(UUID incarnation);

    /** The newest batch; empty in a new lake. */
    Optional<StoredBatch> newest();

    /** The checkpoints that wait, a partition's in the order of their offsets and without a gap. */
    List<SealedCheckpoint> waiting(int max);

    /** Makes the batch visible: epoch held, every pointer moved, every checkpoint marked, or nothing of it. */
    Landing land(BatchAttempt attempt);

    /**
     * Bumps the epoch where it is still ours, which waits for a transaction under way and makes a late one fail, and
     * only then looks. Empty where the epoch is another's.
     */
    Optional<Found> find(BatchAttempt attempt, Ownership owner);
}
