package riskcluster.lakehouse.maintain;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.CatalogRows;
import riskcluster.lakehouse.commit.DeferredDeletions;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.BatchTable.Committed;
import riskcluster.lakehouse.ledger.CheckpointTable;
import riskcluster.lakehouse.ledger.Fence;
import riskcluster.lakehouse.ledger.RewriteTable;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.Transactions;

/** Maintenance's side of Postgres. An exception of these calls means that nobody knows whether it happened. */
final class MaintenanceLedger {

    private static final String SCOPE = "maintenance";

    private final Transactions transactions;
    private final List<TableDefinition> tables;

    MaintenanceLedger(DataSource database, List<TableDefinition> tables) {
        this.transactions = new Transactions(database);
        this.tables = tables;
    }

    /** Where the tables stand and which batches there are, at one moment. */
    record Standing(Map<String, String> pointers, List<Committed> batches) {}

    /**
     * What is alive at one moment.
     *
     * @param epochs by scope
     * @param named paths that sealed checkpoints and deferred deletions name
     */
    record Living(Map<String, String> pointers, Map<String, Long> epochs, Set<String> named) {}

    Ownership take(UUID incarnation) {
        return transactions.run("take the epoch of maintenance", connection -> {
            Ownership owner = Fence.take(connection, SCOPE, incarnation);
            RewriteTable.forgetBefore(connection, owner);
            return owner;
        });
    }

    /** A new epoch where the old one is still ours, which waits for a rewrite under way and makes a late one fail. */
    Optional<Ownership> bump(Ownership owner) {
        return transactions.run("renew the epoch of maintenance", connection -> Fence.bump(connection, owner));
    }

    boolean isCommitted(UUID rewrite) {
        return transactions.atOneMoment("look for a rewrite", connection -> RewriteTable.contains(connection, rewrite));
    }

    Standing standing() {
        return transactions.atOneMoment(
                "find tables and batches",
                connection -> new Standing(CatalogRows.pointers(connection, tables), BatchTable.all(connection)));
    }

    /** The kept batches with what they show, and where the table stands at the same moment. */
    record Shown(String pointer, List<StoredBatch> batches) {}

    Shown shown(TableDefinition table, Collection<Long> batches) {
        return transactions.atOneMoment(
                "read the kept batches",
                connection -> new Shown(
                        CatalogRows.pointer(connection, table).orElseThrow(), BatchTable.these(connection, batches)));
    }

    /** False where the epoch is no longer ours. */
    boolean forget(Ownership owner, List<Long> batches) {
        return holding("forget batches", owner, connection -> {
            BatchTable.forget(connection, batches);
            CheckpointTable.forget(connection, batches);
        });
    }

    /** Records files that are proven to be nobody's; false where the epoch is no longer ours. */
    boolean defer(Ownership owner, Collection<String> paths, String reason) {
        return holding("record deletions", owner, connection -> DeferredDeletions.add(connection, paths, reason));
    }

    Living living() {
        return transactions.atOneMoment("find what is alive", connection -> {
            Set<String> named = new HashSet<>(DeferredDeletions.paths(connection));
            CheckpointTable.waitingFiles(connection).stream()
                    .map(StagedFile::path)
                    .forEach(named::add);
            return new Living(CatalogRows.pointers(connection, tables), Fence.epochs(connection), named);
        });
    }

    @FunctionalInterface
    private interface Work {
        void in(Connection connection) throws SQLException;
    }

    private boolean holding(String what, Ownership owner, Work work) {
        return transactions.run(what, connection -> {
            if (!Fence.hold(connection, owner)) {
                return Transactions.refuse(connection, false);
            }
            work.in(connection);
            return true;
        });
    }
}
