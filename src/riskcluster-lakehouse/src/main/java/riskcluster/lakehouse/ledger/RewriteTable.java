package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import riskcluster.contracts.ledger.Ownership;

/** The rewrites that were committed: how their owner learns what became of one whose answer was lost. */
public final class RewriteTable {

    private RewriteTable() {}

    /** Records a rewrite in the transaction that commits it. */
    public static void add(Connection connection, UUID id, Ownership owner, String table, String kind)
            throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT INTO rc_rewrite (id, scope, epoch, table_name, kind) VALUES (?, ?, ?, ?, ?)")) {
            statement.setObject(1, id);
            statement.setString(2, owner.scope());
            statement.setLong(3, owner.epoch());
            statement.setString(4, table);
            statement.setString(5, kind);
            statement.executeUpdate();
        }
    }

    /** Whether the rewrite was committed. */
    public static boolean contains(Connection connection, UUID id) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT 1 FROM rc_rewrite WHERE id = ?")) {
            statement.setObject(1, id);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Forgets the rewrites of earlier epochs of this scope: nobody is left who would ask. */
    public static void forgetBefore(Connection connection, Ownership owner) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM rc_rewrite WHERE scope = ? AND epoch < ?")) {
            statement.setString(1, owner.scope());
            statement.setLong(2, owner.epoch());
            statement.executeUpdate();
        }
    }
}
