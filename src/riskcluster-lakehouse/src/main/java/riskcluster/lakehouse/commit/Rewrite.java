package riskcluster.lakehouse.commit;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.StagedTable;

/**
 * A step of one table that adds no records: other files with the same rows, other manifests, fewer snapshots. Whoever
 * prepares it asks the committer to commit it, which does so only while both their epochs hold.
 */
public interface Rewrite {

    /** Where a rewrite can die on its way through the committer, in this order. */
    enum Step {
        STAGED,
        FENCES_HELD,
        POINTER_MOVED,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /** Under which the commit is recorded, so that its owner finds it when no answer came. */
    UUID id();

    /** Who prepared it. */
    Ownership owner();

    TableDefinition table();

    /** What it does, in a word. */
    String kind();

    /**
     * Takes the step on the table as it is now, which may have moved on since the rewrite was prepared.
     *
     * @param marks what a new snapshot must carry: batch, offsets and epoch of the one that it replaces
     * @return the files that nothing refers to once it is committed
     * @throws org.apache.iceberg.exceptions.ValidationException where the table has moved on too far
     */
    List<String> apply(StagedTable staged, Map<String, String> marks);

    /** Hears how far it has come; a test of crashes stops there. */
    default void reached(Step step) {}
}
