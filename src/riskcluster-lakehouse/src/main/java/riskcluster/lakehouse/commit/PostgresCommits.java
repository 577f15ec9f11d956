package riskcluster.lakehouse.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.commit.CommitSteps.Step;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.CheckpointTable;
import riskcluster.lakehouse.ledger.Fence;
import riskcluster.lakehouse.ledger.RewriteTable;
import riskcluster.lakehouse.ledger.SealedCheckpoint;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.Transactions;

/** The committer's transactions in Postgres, above all the one that makes a batch visible. */
final class PostgresCommits implements CommitLedger {

    private static final String SCOPE = "committer";

    /** Of one batch: what gold makes of them takes some thirty times as much memory. */
    private static final long PARTIAL_BYTES_MAX = 16L << 20;

    private final Transactions transactions;
    private final CommitSteps steps;

    PostgresCommits(DataSource database, CommitSteps steps) {
        this.transactions = new Transactions(database);
        this.steps = steps;
    }

    @Override
    public Ownership take(UUID incarnation) {
        return transactions.run("take the committer's epoch", connection -> Fence.take(connection, SCOPE, incarnation));
    }

    @Override
    public Optional<StoredBatch> newest() {
        return transactions.atOneMoment("find the newest batch", BatchTable::newest);
    }

    @Override
    public List<SealedCheckpoint> waiting(int max) {
        return transactions.atOneMoment(
                "find waiting checkpoints", connection -> CheckpointTable.waiting(connection, max, PARTIAL_BYTES_MAX));
    }

    @Override
    public Landing land(BatchAttempt attempt) {
        Landing landing = transactions.run("commit batch " + attempt.id(), connection -> {
            if (!Fence.hold(connection, attempt.owner())) {
                return Transactions.refuse(connection, new Landing.Refused("the epoch is another's"));
            }
            Amendment amendment = attempt.amendment();
            if (amendment != null && !Fence.hold(connection, amendment.owner())) {
                return Transactions.refuse(connection, new Landing.NotAmended(new RewriteResult.OwnerDeposed()));
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
            if (amendment != null && !note(connection, amendment, batch)) {
                return Transactions.refuse(
                        connection, new Landing.NotAmended(new RewriteResult.Refused("nobody waits for it any more")));
            }
            steps.reached(Step.BEFORE_COMMIT);
            return new Landing.Landed(batch);
        });
        if (landing instanceof Landing.Landed) {
            steps.reached(Step.AFTER_COMMIT);
        }
        return landing;
    }

    @Override
    public Optional<Found> find(BatchAttempt attempt, Ownership owner) {
        return transactions.run("look for batch " + attempt.id(), connection -> {
            Optional<Ownership> bumped = Fence.bump(connection, owner);
            if (bumped.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Found(bumped.get(), BatchTable.find(connection, attempt.id(), attempt.owner())));
        });
    }

    private List<TableDefinition> movePointers(Connection connection, BatchAttempt attempt) throws SQLException {
        var lost = new ArrayList<TableDefinition>();
        for (int i = 0; i < attempt.changes().size(); i++) {
            TableChange change = attempt.changes().get(i);
            if (i > 0) {
                steps.reached(Step.SOME_POINTERS_MOVED);
            }
            if (!change.moves(connection)) {
                lost.add(change.table());
            }
        }
        return lost;
    }

    private static boolean note(Connection connection, Amendment amendment, StoredBatch batch) throws SQLException {
        RewriteTable.add(
                connection, amendment.id(), amendment.owner(), amendment.table().qualifiedName(), amendment.kind());
        return amendment.note(connection, batch.id());
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
            DeferredDeletions.add(connection, change.dropped(), "written for nothing");
        }
        return batch;
    }
}
