package riskcluster.lakehouse.maintain;

import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
import riskcluster.lakehouse.ledger.CheckpointTable;
import riskcluster.lakehouse.ledger.ClockCheck;
import riskcluster.lakehouse.ledger.Fence;
import riskcluster.lakehouse.ledger.RewriteTable;
import riskcluster.lakehouse.ledger.SavepointTable;
import riskcluster.lakehouse.ledger.Transactions;

/** Maintenance's rows in Postgres, each call one transaction. */
final class PostgresMaintenance implements MaintenanceLedger {

    private static final String SCOPE = "maintenance";

    private final ClockCheck clock = new ClockCheck(Clock.systemUTC());
    private final Transactions transactions;
    private final List<TableDefinition> tables;

    PostgresMaintenance(DataSource database, List<TableDefinition> tables) {
        this.transactions = new Transactions(database);
        this.tables = tables;
    }

    @Override
    public Ownership take(UUID incarnation) {
        return transactions.run("take the epoch of maintenance", connection -> {
            Ownership owner = Fence.take(connection, SCOPE, incarnation);
            RewriteTable.forgetBefore(connection, owner);
            return owner;
        });
    }

    @Override
    public Optional<Ownership> bump(Ownership owner) {
        return transactions.run("renew the epoch of maintenance", connection -> Fence.bump(connection, owner));
    }

    @Override
    public boolean isCommitted(UUID rewrite) {
        return transactions.atOneMoment("look for a rewrite", connection -> RewriteTable.contains(connection, rewrite));
    }

    @Override
    public Standing standing() {
        return transactions.atOneMoment("find tables and batches", connection -> {
            clock.demand(connection);
            return new Standing(
                    CatalogRows.pointers(connection, tables),
                    BatchTable.all(connection),
                    SavepointTable.batches(connection));
        });
    }

    @Override
    public Shown shown(TableDefinition table, Collection<Long> batches) {
        return transactions.atOneMoment(
                "read the kept batches",
                connection -> new Shown(
                        CatalogRows.pointer(connection, table).orElseThrow(), BatchTable.these(connection, batches)));
    }

    @Override
    public boolean forget(Ownership owner, List<Long> batches) {
        return transactions.holding("forget batches", owner, connection -> {
            BatchTable.forget(connection, batches);
            CheckpointTable.forget(connection, batches);
        });
    }

    @Override
    public boolean defer(Ownership owner, Collection<String> paths, String reason) {
        return transactions.holding(
                "record deletions", owner, connection -> DeferredDeletions.add(connection, paths, reason));
    }

    @Override
    public Living living() {
        return transactions.atOneMoment("find what is alive", connection -> {
            Set<String> named = new HashSet<>(DeferredDeletions.paths(connection));
            CheckpointTable.waitingFiles(connection).stream()
                    .map(StagedFile::path)
                    .forEach(named::add);
            return new Living(CatalogRows.pointers(connection, tables), Fence.epochs(connection), named);
        });
    }
}
