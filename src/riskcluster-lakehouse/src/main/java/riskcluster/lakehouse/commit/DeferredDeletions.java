package riskcluster.lakehouse.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.apache.iceberg.io.FileIO;
import riskcluster.lakehouse.ledger.Transactions;

/**
 * Files that nothing refers to any more and that go after a grace: a reader may have opened the metadata that named them
 * a moment ago. They are recorded only in the transaction that makes them unreferenced.
 */
public final class DeferredDeletions {

    /** Longer than any reader needs from loading a table to opening its files. */
    private static final int GRACE_MINUTES = 30;

    private static final int FILES_PER_CALL = 1_000;

    private final Transactions transactions;
    private final FileIO store;

    public DeferredDeletions(DataSource database, FileIO store) {
        this.transactions = new Transactions(database);
        this.store = store;
    }

    /** Records files in the caller's transaction. */
    public static void add(Connection connection, Collection<String> paths, String reason) throws SQLException {
        if (paths.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement("INSERT INTO rc_deferred_deletion (path, not_before, reason)"
                + " SELECT p, now() + make_interval(mins => ?), ? FROM unnest(?) AS t (p)"
                + " ON CONFLICT DO NOTHING")) {
            statement.setInt(1, GRACE_MINUTES);
            statement.setString(2, reason);
            statement.setArray(3, connection.createArrayOf("text", paths.toArray()));
            statement.executeUpdate();
        }
    }

    /** Every file that waits for its end. */
    public static List<String> paths(Connection connection) throws SQLException {
        var paths = new ArrayList<String>();
        try (var statement = connection.prepareStatement("SELECT path FROM rc_deferred_deletion");
                var row = statement.executeQuery()) {
            while (row.next()) {
                paths.add(row.getString(1));
            }
        }
        return paths;
    }

    /**
     * Deletes files whose grace is over, a bounded number in a call.
     *
     * @return how many were deleted
     */
    public int deleteDue() {
        List<String> due = transactions.atOneMoment("find files to delete", DeferredDeletions::due);
        due.forEach(store::deleteFile);
        if (!due.isEmpty()) {
            transactions.run("forget deleted files", connection -> {
                forget(connection, due);
                return true;
            });
        }
        return due.size();
    }

    private static List<String> due(Connection connection) throws SQLException {
        var due = new ArrayList<String>();
        try (var statement = connection.prepareStatement(
                "SELECT path FROM rc_deferred_deletion WHERE not_before < now() ORDER BY not_before LIMIT ?")) {
            statement.setInt(1, FILES_PER_CALL);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    due.add(row.getString(1));
                }
            }
        }
        return due;
    }

    private static void forget(Connection connection, List<String> paths) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM rc_deferred_deletion WHERE path = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("text", paths.toArray()));
            statement.executeUpdate();
        }
    }
}
