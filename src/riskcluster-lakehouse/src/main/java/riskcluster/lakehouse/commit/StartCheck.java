package riskcluster.lakehouse.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.CatalogRows;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.Transactions;

/**
 * Holds the ledger, the table pointers and the snapshots against each other before a node does anything: where one shows
 * less than another, Postgres was set back, and going on would write some records twice.
 */
public final class StartCheck {

    private StartCheck() {}

    /**
     * Looks at one moment of Postgres; safe while other nodes commit.
     *
     * @return what is older than what; empty where nothing is
     */
    public static List<String> findings(DataSource database, LakeCatalog catalog) {
        var state = new Transactions(database).atOneMoment("check the start", State::read);
        var findings = new ArrayList<String>();
        for (TableDefinition table : Tables.ALL) {
            String pointer = state.pointers().get(table.qualifiedName());
            if (pointer != null) {
                new TableCheck(table.qualifiedName(), catalog.read(pointer), state, findings).run();
            }
        }
        state.batch().ifPresent(batch -> cursors(batch.offsets(), "batch " + batch.id(), state, findings));
        return findings;
    }

    private static void cursors(Offsets shown, String where, State state, List<String> findings) {
        shown.byPartition().forEach((source, offset) -> {
            long cursor = state.cursors().getOrDefault(source, 0L);
            if (cursor < offset) {
                findings.add("the data cursor of " + source + " stands at " + cursor + ", older than " + where
                        + ", which holds the records before " + offset);
            }
        });
    }

    /** What Postgres knows, at one moment. */
    private record State(
            Map<String, String> pointers,
            Optional<StoredBatch> batch,
            long committerEpoch,
            Map<LogPartition, Long> cursors) {

        static State read(Connection connection) throws SQLException {
            return new State(
                    CatalogRows.pointers(connection, Tables.ALL),
                    BatchTable.newest(connection),
                    epoch(connection),
                    cursorsOf(connection));
        }

        private static long epoch(Connection connection) throws SQLException {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT epoch FROM rc_epoch WHERE scope = 'committer'")) {
                return row.next() ? row.getLong(1) : 0;
            }
        }

        private static Map<LogPartition, Long> cursorsOf(Connection connection) throws SQLException {
            var cursors = new HashMap<LogPartition, Long>();
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT topic, partition, position FROM rc_data_cursor")) {
                while (row.next()) {
                    cursors.put(new LogPartition(row.getString(1), row.getInt(2)), row.getLong(3));
                }
            }
            return cursors;
        }
    }

    /** One table against what Postgres knows. */
    private record TableCheck(String name, TableMetadata metadata, State state, List<String> findings) {

        void run() {
            Snapshot current = metadata.currentSnapshot();
            if (current != null) {
                snapshot(current.summary());
            }
            state.batch().ifPresent(this::pointer);
        }

        private void snapshot(Map<String, String> summary) {
            long batch = Long.parseLong(summary.getOrDefault("rc.batch-id", "0"));
            long known = state.batch().map(StoredBatch::id).orElse(0L);
            if (known < batch) {
                findings.add("the newest batch in Postgres is " + known + ", older than the snapshot of " + name
                        + ", which is of batch " + batch);
            }
            long epoch = Long.parseLong(summary.getOrDefault("rc.epoch", "0"));
            if (state.committerEpoch() < epoch) {
                findings.add("the committer's epoch in Postgres is " + state.committerEpoch()
                        + ", older than the snapshot of " + name + ", which was committed under epoch " + epoch);
            }
            String offsets = summary.get("rc.offsets");
            if (offsets != null) {
                cursors(Offsets.parse(offsets), "the snapshot of " + name, state, findings);
            }
        }

        private void pointer(StoredBatch batch) {
            var version = batch.tables().get(name);
            Long snapshot = version == null ? null : version.snapshot();
            if (snapshot != null && metadata.snapshot(snapshot) == null) {
                findings.add("the pointer of " + name + " names " + metadata.metadataFileLocation()
                        + ", which does not have snapshot " + snapshot + " of batch " + batch.id()
                        + ": it is older than the batch");
            }
        }
    }
}
