package riskcluster.lakehouse.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.CatalogRows;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.Fence;
import riskcluster.lakehouse.ledger.RewriteTable;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;
import riskcluster.lakehouse.ledger.Transactions;

/**
 * Commits rewrites of Iceberg tables. Both epochs, the pointer, the batch row and the deletions stand in one
 * transaction; one that lands late finds the pointer moved and does nothing, so no answer needs no new epoch here.
 */
final class IcebergRewrites implements Rewrites {

    private static final Logger LOG = LoggerFactory.getLogger(IcebergRewrites.class);

    /** Between loading and landing only an engine from outside can move the pointer. */
    private static final int POINTER_ATTEMPTS_MAX = 3;

    private static final List<String> CARRIED = List.of("rc.batch-id", "rc.offsets");

    private final Transactions transactions;
    private final FileIO store;
    private final IcebergStaging staging;

    IcebergRewrites(DataSource database, FileIO store, IcebergStaging staging) {
        this.transactions = new Transactions(database);
        this.store = store;
        this.staging = staging;
    }

    private enum Landing {
        LANDED,
        COMMITTER_DEPOSED,
        OWNER_DEPOSED,
        POINTER_LOST
    }

    private record Attempt(TableChange change, TableMetadata base, TableMetadata next) {}

    @Override
    public RewriteResult apply(Ownership committer, Rewrite rewrite, List<String> garbage) {
        for (int i = 0; i < POINTER_ATTEMPTS_MAX; i++) {
            var io = new WrittenFiles(store);
            Attempt attempt;
            try {
                attempt = stage(committer, rewrite, io);
            } catch (ValidationException tooFar) {
                garbage.addAll(io.begun());
                staging.reload(rewrite.table());
                return new RewriteResult.Refused(String.valueOf(tooFar.getMessage()));
            }
            rewrite.reached(Rewrite.Step.STAGED);
            Landing landing = landing(committer, rewrite, attempt);
            if (landing == Landing.LANDED) {
                rewrite.reached(Rewrite.Step.AFTER_COMMIT);
                staging.replaced(rewrite.table(), attempt.next());
                return new RewriteResult.Done(attempt.change().version());
            }
            garbage.addAll(io.begun());
            if (landing == Landing.COMMITTER_DEPOSED) {
                return new RewriteResult.Deposed();
            }
            if (landing == Landing.OWNER_DEPOSED) {
                return new RewriteResult.OwnerDeposed();
            }
            LOG.warn("another engine has moved {}", rewrite.table().qualifiedName());
            staging.reload(rewrite.table());
        }
        return new RewriteResult.Refused(
                "another engine keeps writing to " + rewrite.table().qualifiedName());
    }

    private Attempt stage(Ownership committer, Rewrite rewrite, WrittenFiles io) {
        TableMetadata base = staging.metadata(rewrite.table());
        var staged = new StagedTable(io, committer.scope() + "-e" + committer.epoch(), base);
        var dropped = new ArrayList<>(rewrite.apply(staged, marks(committer, rewrite, base)));
        dropped.addAll(io.unneeded());
        TableMetadata next = staged.write();
        var change = new TableChange(
                rewrite.table(),
                base.metadataFileLocation(),
                TableStager.version(next),
                io.begun(),
                dropped,
                TableStager.droppedMetadata(base, next));
        return new Attempt(change, base, next);
    }

    /** Without an answer the copy of the table may be old; the next look reads it anew. */
    private Landing landing(Ownership committer, Rewrite rewrite, Attempt attempt) {
        boolean answered = false;
        try {
            Landing landing = transactions.run(
                    "commit " + rewrite.kind() + " of " + rewrite.table().qualifiedName(),
                    connection -> land(connection, committer, rewrite, attempt));
            answered = true;
            return landing;
        } finally {
            if (!answered) {
                staging.forget();
            }
        }
    }

    private static Landing land(Connection connection, Ownership committer, Rewrite rewrite, Attempt attempt)
            throws SQLException {
        if (!Fence.hold(connection, committer)) {
            return Transactions.refuse(connection, Landing.COMMITTER_DEPOSED);
        }
        if (!Fence.hold(connection, rewrite.owner())) {
            return Transactions.refuse(connection, Landing.OWNER_DEPOSED);
        }
        rewrite.reached(Rewrite.Step.FENCES_HELD);
        TableChange change = attempt.change();
        if (!CatalogRows.move(connection, change.table(), change.from(), change.to())) {
            return Transactions.refuse(connection, Landing.POINTER_LOST);
        }
        rewrite.reached(Rewrite.Step.POINTER_MOVED);
        showInNewestBatch(connection, rewrite.table(), TableStager.version(attempt.base()), change.version());
        DeferredDeletions.add(connection, change.droppedMetadata(), "old metadata");
        DeferredDeletions.add(connection, change.dropped(), rewrite.kind());
        RewriteTable.add(
                connection, rewrite.id(), rewrite.owner(), rewrite.table().qualifiedName(), rewrite.kind());
        rewrite.reached(Rewrite.Step.BEFORE_COMMIT);
        return Landing.LANDED;
    }

    /** Who pins the newest batch reads the new files: they hold the rows that the batch shows. */
    private static void showInNewestBatch(
            Connection connection, TableDefinition table, TableVersion before, TableVersion after) throws SQLException {
        var newest = BatchTable.newest(connection);
        if (newest.isEmpty()) {
            return;
        }
        var tables = new HashMap<>(newest.get().tables());
        TableVersion shown = tables.get(table.qualifiedName());
        if (shown != null && Objects.equals(shown.snapshot(), before.snapshot())) {
            tables.put(table.qualifiedName(), after);
            BatchTable.show(connection, newest.get().id(), tables);
        }
    }

    /** A rewrite shows what was shown before, so it carries the batch and the offsets of that. */
    private static Map<String, String> marks(Ownership committer, Rewrite rewrite, TableMetadata base) {
        var marks = new HashMap<String, String>();
        Snapshot carrier = carrier(base);
        if (carrier != null) {
            CARRIED.forEach(name -> marks.put(name, carrier.summary().get(name)));
        }
        marks.put("rc.epoch", Long.toString(committer.epoch()));
        marks.put("rc.maintenance-epoch", Long.toString(rewrite.owner().epoch()));
        return marks;
    }

    /** The newest snapshot of ours; above it there may be those of another engine. */
    private static @Nullable Snapshot carrier(TableMetadata base) {
        Snapshot snapshot = base.currentSnapshot();
        while (snapshot != null && !snapshot.summary().keySet().containsAll(CARRIED)) {
            Long parent = snapshot.parentId();
            snapshot = parent == null ? null : base.snapshot(parent);
        }
        return snapshot;
    }
}
