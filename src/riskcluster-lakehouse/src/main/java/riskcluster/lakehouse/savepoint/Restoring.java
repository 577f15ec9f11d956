package riskcluster.lakehouse.savepoint;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.iceberg.TableMetadata;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.CatalogRows;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.commit.DeferredDeletions;
import riskcluster.lakehouse.commit.TableChange;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.CheckpointTable;
import riskcluster.lakehouse.ledger.ClockCheck;
import riskcluster.lakehouse.ledger.Fence;
import riskcluster.lakehouse.ledger.RestoreTable;
import riskcluster.lakehouse.ledger.SavepointTable;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;
import riskcluster.lakehouse.ledger.StoredSavepoint;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.savepoint.Refused.Why;
import riskcluster.lakehouse.savepoint.RestoreSteps.Step;

/**
 * The way back to a savepoint. It takes the committer's epoch and writes what every table will be; then one transaction
 * moves all pointers, takes every other epoch away and puts cursors, policies and profiles back. Until that transaction
 * nothing has changed, after it everything has: whoever dies on the way may begin again.
 */
public final class Restoring {

    private static final String COMMITTER = "committer";

    private final Transactions transactions;
    private final LakeCatalog catalog;
    private final RestoreSteps steps;

    public Restoring(DataSource database, LakeCatalog catalog, RestoreSteps steps) {
        this.transactions = new Transactions(database);
        this.catalog = catalog;
        this.steps = steps;
    }

    /** What came of looking whether it can be done. */
    public sealed interface Planned permits Plan, Refused {}

    /**
     * It can.
     *
     * @param batch that the savepoint shows
     * @param newest batch until now
     * @param lost savepoints of a later batch, which go with what they show
     */
    public record Plan(
            StoredSavepoint savepoint,
            List<SavepointTable.Place> places,
            StoredBatch batch,
            long newest,
            List<StoredSavepoint> lost,
            List<TableReturn> tables)
            implements Planned {}

    /** What came of it. */
    public sealed interface Ended permits Done, Refused {}

    /** The lake is where it was; {@code batch} shows it. */
    public record Done(Plan plan, StoredBatch batch) implements Ended {}

    /**
     * Looks whether the lake can go back, and changes nothing.
     *
     * @param semantics of the program that will go on from there
     */
    public Planned plan(String name, String semantics) {
        return transactions.atOneMoment("look at savepoint " + name, connection -> {
            new ClockCheck(Clock.systemUTC()).demand(connection);
            var found = SavepointTable.find(connection, name);
            if (found.isEmpty()) {
                return Savepoints.unknown(name, SavepointTable.all(connection));
            }
            if (!found.get().semantics().equals(semantics)) {
                return new Refused(
                        Why.UNUSABLE,
                        "savepoint " + name + " was made under semantic version "
                                + found.get().semantics() + ", this program has " + semantics
                                + ": restore with a program of that version");
            }
            if (RestoreTable.hasNodes(connection)) {
                return new Refused(Why.NOT_ALONE, "nodes hold sessions in Postgres: stop them all first");
            }
            return plan(connection, found.get());
        });
    }

    private Planned plan(Connection connection, StoredSavepoint savepoint) throws SQLException {
        var batch = BatchTable.find(connection, savepoint.batch());
        if (batch.isEmpty()) {
            return gone(savepoint, "batch " + savepoint.batch() + " is not kept any more");
        }
        var pointers = CatalogRows.pointers(connection, Tables.ALL);
        var tables = new ArrayList<TableReturn>();
        for (TableDefinition table : Tables.ALL) {
            TableMetadata base = catalog.read(Objects.requireNonNull(pointers.get(table.qualifiedName())));
            TableVersion version = batch.get().tables().get(table.qualifiedName());
            if (!TableReturn.isPossible(base, version)) {
                return gone(savepoint, "its snapshot of " + table.qualifiedName() + " has been expired");
            }
            tables.add(TableReturn.of(table, base, version));
        }
        var lost = SavepointTable.all(connection).stream()
                .filter(each -> each.batch() > savepoint.batch())
                .toList();
        long newest = BatchTable.newest(connection).orElseThrow().id();
        return new Plan(
                savepoint,
                SavepointTable.places(connection, savepoint),
                batch.get(),
                newest,
                lost,
                List.copyOf(tables));
    }

    private static Refused gone(StoredSavepoint savepoint, String what) {
        return new Refused(Why.UNUSABLE, "savepoint " + savepoint.name() + " can no longer be restored: " + what);
    }

    /**
     * Goes back.
     *
     * @param alerts alert cursors as Kafka tells them, where it was asked; they are noted and stay where they are
     */
    public Ended run(Plan plan, Map<LogPartition, Long> alerts) {
        Ownership owner = transactions.run(
                "take the committer's epoch", connection -> Fence.take(connection, COMMITTER, UUID.randomUUID()));
        steps.reached(Step.EPOCH_TAKEN);
        var io = catalog.warehouse().io();
        List<TableChange> changes = plan.tables().stream()
                .map(table -> table.stage(io, COMMITTER + "-e" + owner.epoch()))
                .toList();
        steps.reached(Step.TABLES_STAGED);
        Ended ended = transactions.run(
                "restore savepoint " + plan.savepoint().name(),
                connection -> land(connection, owner, plan, changes, alerts));
        steps.reached(Step.AFTER_COMMIT);
        return ended;
    }

    private Ended land(
            Connection connection,
            Ownership owner,
            Plan plan,
            List<TableChange> changes,
            Map<LogPartition, Long> alerts)
            throws SQLException {
        Transactions.unhurried(connection);
        SavepointTable.lock(connection);
        var savepoint = SavepointTable.find(connection, plan.savepoint().name());
        if (!savepoint.equals(Optional.of(plan.savepoint()))) {
            return Transactions.refuse(
                    connection, Savepoints.unknown(plan.savepoint().name(), SavepointTable.all(connection)));
        }
        if (!Fence.hold(connection, owner) || !moved(connection, changes)) {
            return Transactions.refuse(
                    connection, new Refused(Why.NOT_ALONE, "somebody else has taken over or moved a table meanwhile"));
        }
        steps.reached(Step.POINTERS_MOVED);
        long id = plan.newest() + 1;
        defer(connection, changes);
        RestoreTable.apply(connection, plan.savepoint(), plan.newest(), id, alerts);
        for (StoredSavepoint later : plan.lost()) {
            SavepointTable.drop(connection, later);
        }
        var batch = BatchTable.add(connection, owner, id, 0, 0, plan.batch().offsets(), versions(changes));
        steps.reached(Step.BEFORE_COMMIT);
        return new Done(plan, batch);
    }

    private static boolean moved(Connection connection, List<TableChange> changes) throws SQLException {
        for (TableChange change : changes) {
            if (!change.moves(connection)) {
                return false;
            }
        }
        return true;
    }

    /** Checkpoints that wait go with their rows, so that their files are nobody's from then on. */
    private static void defer(Connection connection, List<TableChange> changes) throws SQLException {
        DeferredDeletions.add(
                connection,
                CheckpointTable.waitingFiles(connection).stream()
                        .map(StagedFile::path)
                        .toList(),
                "sealed after a savepoint that was restored");
        for (TableChange change : changes) {
            DeferredDeletions.add(connection, change.dropped(), "committed after a savepoint that was restored");
            DeferredDeletions.add(connection, change.droppedMetadata(), "old metadata");
        }
    }

    private static Map<String, TableVersion> versions(List<TableChange> changes) {
        var versions = new TreeMap<String, TableVersion>();
        changes.forEach(change -> versions.put(change.table().qualifiedName(), change.version()));
        return versions;
    }

    /** Up to where each partition's records are in the lake at the savepoint. */
    public static Map<LogPartition, Long> reached(Plan plan) {
        var reached = new LinkedHashMap<LogPartition, Long>();
        plan.places().forEach(place -> reached.put(place.source(), place.data()));
        return reached;
    }
}
