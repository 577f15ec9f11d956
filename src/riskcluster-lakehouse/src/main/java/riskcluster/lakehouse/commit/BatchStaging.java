package riskcluster.lakehouse.commit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.exceptions.ValidationException;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.SealedCheckpoint;

/**
 * The committer's side of the object store: writes what a batch makes of every table, and remembers the tables as they
 * were last known. Nothing written here counts before the ledger says so.
 */
public interface BatchStaging {

    /**
     * A batch to be staged.
     *
     * @param offsets how far the lake reaches with it
     */
    record Plan(Ownership owner, long id, List<SealedCheckpoint> checkpoints, Offsets offsets) {

        /** When the newest of the checkpoints was sealed, Postgres' clock. */
        Instant sealedAt() {
            return checkpoints.stream()
                    .map(SealedCheckpoint::sealedAt)
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
        }
    }

    /**
     * Writes every table's step, in the order in which their pointers move; tables in {@code done} are taken over as
     * they were staged before.
     */
    List<TableChange> stage(Plan plan, Map<TableDefinition, TableChange> done);

    /**
     * Writes what an amendment makes of every table, likewise.
     *
     * @throws org.apache.iceberg.exceptions.ValidationException where it cannot be done with the tables as they are
     */
    default List<TableChange> amend(Plan plan, Amendment amendment) {
        throw new ValidationException("this store takes no amendments");
    }

    /** Reads a table anew whose pointer somebody else has moved. */
    void reload(TableDefinition table);

    /** These steps count now, with this batch. */
    void landed(long batch, List<TableChange> changes);

    /** Forgets what is remembered: somebody else is the committer. */
    void forget();

    /** Deletes files whose grace is over, a bounded number in a call. */
    void deleteDue();
}
