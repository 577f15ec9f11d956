package riskcluster.lakehouse.maintain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.MetadataName;
import riskcluster.lakehouse.ledger.BatchTable.Committed;
import riskcluster.lakehouse.ledger.StoredBatch;

/**
 * Maintenance's side of Postgres. Every call blocks and is one transaction; an exception means that nobody knows whether
 * it happened.
 */
public interface MaintenanceLedger {

    /**
     * Where the tables stand and which batches there are, at one moment.
     *
     * @param savepoints by name the batch that each shows
     */
    record Standing(Map<String, String> pointers, List<Committed> batches, Map<String, Long> savepoints) {

        /** The same without savepoints. */
        public Standing(Map<String, String> pointers, List<Committed> batches) {
            this(pointers, batches, Map.of());
        }
    }

    /** The kept batches with what they show, and where the table stands at the same moment. */
    record Shown(String pointer, List<StoredBatch> batches) {}

    /**
     * What is alive at one moment.
     *
     * @param epochs by scope
     * @param named paths that sealed checkpoints and deferred deletions name
     */
    record Living(Map<String, String> pointers, Map<String, Long> epochs, Set<String> named) {

        /**
         * Whether a file may be an orphan: nobody here names it, and whoever wrote it can have nothing committed any
         * more. A scope without a row, or a file with a later epoch than its row: Postgres has forgotten something, and
         * the file stays. So does one whose name is none of ours.
         */
        public boolean mayBeOrphan(String path) {
            return !named.contains(path)
                    && FileOwner.of(path)
                            .filter(owner -> owner.scope().equals(MetadataName.CREATION)
                                    || owner.epoch() < epochs.getOrDefault(owner.scope(), 0L))
                            .isPresent();
        }
    }

    /** Takes the epoch of maintenance: from its return no rewrite of an older one is committed. */
    Ownership take(UUID incarnation);

    /** A new epoch where the old one is still ours, which waits for a rewrite under way and makes a late one fail. */
    Optional<Ownership> bump(Ownership owner);

    boolean isCommitted(UUID rewrite);

    Standing standing();

    Shown shown(TableDefinition table, Collection<Long> batches);

    /** False where the epoch is no longer ours. */
    boolean forget(Ownership owner, List<Long> batches);

    /** Records files that are proven to be nobody's; false where the epoch is no longer ours. */
    boolean defer(Ownership owner, Collection<String> paths, String reason);

    Living living();
}
