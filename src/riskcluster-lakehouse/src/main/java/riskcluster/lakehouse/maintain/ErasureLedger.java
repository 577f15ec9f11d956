package riskcluster.lakehouse.maintain;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.ErasureTable;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.RekeyTable;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.StoredErasure;
import riskcluster.lakehouse.ledger.StoredErasure.Step;
import riskcluster.lakehouse.ledger.Transactions;

/** The erasures' rows in Postgres, each call one transaction; those that change something hold maintenance's epoch. */
final class ErasureLedger {

    private final Transactions transactions;

    ErasureLedger(DataSource database) {
        this.transactions = new Transactions(database);
    }

    /** The erasure that is carried on now. */
    Optional<StoredErasure> open() {
        return transactions.atOneMoment("look for erasures", ErasureTable::open);
    }

    /** Takes the partitions away from owners who do not know of it; false where the epoch is no longer ours. */
    boolean place(Ownership owner, StoredErasure erasure) {
        return move(
                "place an erasure", owner, erasure, Step.PLACED, connection -> ErasureTable.place(connection, erasure));
    }

    /** Notes how far it has come. */
    boolean move(Ownership owner, StoredErasure erasure, Step to) {
        return move("carry an erasure on", owner, erasure, to, connection -> {});
    }

    /** The history is dropped: what is left of it are files that wait for their deletion. */
    boolean dropped(Ownership owner, StoredErasure erasure) {
        return move(
                "carry an erasure on",
                owner,
                erasure,
                Step.HISTORY_DROPPED,
                connection -> ErasureTable.awaitDeletions(connection, erasure.id()));
    }

    /** More files wait for their deletion. */
    boolean waitAgain(Ownership owner, StoredErasure erasure) {
        return transactions.holding(
                "wait for deletions", owner, connection -> ErasureTable.awaitDeletions(connection, erasure.id()));
    }

    boolean finish(Ownership owner, StoredErasure erasure, String report) {
        return transactions.holding(
                "finish an erasure", owner, connection -> ErasureTable.finish(connection, erasure.id(), report));
    }

    /** Something was still found: files and history are looked at once more. */
    boolean again(Ownership owner, StoredErasure erasure, String report) {
        return move(
                "begin an erasure anew",
                owner,
                erasure,
                Step.KNOWN,
                connection -> ErasureTable.report(connection, erasure.id(), report));
    }

    /** Why records of before may still be on their way; empty where all of them stand in the tables. */
    Optional<String> onTheirWay(StoredErasure erasure) {
        return transactions.atOneMoment("see what is on its way", connection -> {
            int unaware = ErasureTable.unaware(connection, erasure.id());
            if (unaware > 0) {
                return Optional.of(unaware + " partitions have no owner yet that knows of it");
            }
            Map<LogPartition, Long> sealed = ErasureTable.sealedBefore(connection, erasure.id());
            Map<LogPartition, Long> committed = BatchTable.newest(connection)
                    .map(StoredBatch::offsets)
                    .orElse(Offsets.NONE)
                    .byPartition();
            return sealed.entrySet().stream()
                    .filter(one -> committed.getOrDefault(one.getKey(), 0L) < one.getValue() && one.getValue() > 0)
                    .findFirst()
                    .map(one -> "checkpoints of " + one.getKey() + " wait for the committer");
        });
    }

    boolean hasProfile(StoredErasure erasure) {
        return transactions.atOneMoment(
                "look for a profile",
                connection -> ErasureTable.hasProfile(connection, Objects.requireNonNull(erasure.userId())));
    }

    boolean deletionsWait(StoredErasure erasure) {
        return transactions.atOneMoment(
                "look for deletions", connection -> ErasureTable.deletionsWait(connection, erasure.id()));
    }

    /** Whether the star may have members beside which old ones still stand, to which nothing points yet. */
    boolean isRekeying() {
        return transactions.atOneMoment(
                "look for rekeys", connection -> RekeyTable.open(connection).isPresent());
    }

    private boolean move(String what, Ownership owner, StoredErasure erasure, Step to, Transactions.Deed work) {
        return transactions.holding(what, owner, connection -> {
            if (!ErasureTable.move(connection, erasure.id(), erasure.step(), to)) {
                throw new IllegalStateException("erasure " + erasure.id() + " is no longer at " + erasure.step()
                        + ": somebody else carries it");
            }
            work.in(connection);
        });
    }
}
