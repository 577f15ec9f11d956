package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import riskcluster.contracts.ledger.Ownership;

/**
 * The epoch rows: one for each place that one process at a time may act for.
 *
 * <p>Every check compares epoch and incarnation, because a Postgres that lost its tail hands a number out twice.
 */
public final class Fence {

    private Fence() {}

    /** Takes the next epoch. Waits for every transaction that holds the row. */
    public static Ownership take(Connection connection, String scope, UUID incarnation) throws SQLException {
        try (var statement = connection.prepareStatement("""
            INSERT INTO rc_epoch (scope, epoch, incarnation) VALUES (?, 1, ?)
            ON CONFLICT (scope) DO UPDATE
            SET epoch = rc_epoch.epoch + 1, incarnation = excluded.incarnation, taken_at = now()
            RETURNING epoch
            """)) {
            statement.setString(1, scope);
            statement.setObject(2, incarnation);
            try (var row = statement.executeQuery()) {
                row.next();
                return new Ownership(scope, row.getLong(1), incarnation);
            }
        }
    }

    /** Holds the epoch row to the transaction's end; false where it is no longer {@code owner}'s. */
    public static boolean hold(Connection connection, Ownership owner) throws SQLException {
        return stands(connection, owner, "FOR SHARE");
    }

    /** Whether the epoch row is {@code owner}'s at the transaction's moment. */
    static boolean stands(Connection connection, Ownership owner) throws SQLException {
        return stands(connection, owner, "");
    }

    /**
     * Moves to the next epoch where the row is still {@code owner}'s; empty where it is another's. A row that is
     * further on but carries our incarnation is our own earlier bump, whose answer was lost.
     */
    public static Optional<Ownership> bump(Connection connection, Ownership owner) throws SQLException {
        try (var statement = connection.prepareStatement("""
            UPDATE rc_epoch SET epoch = epoch + 1, taken_at = now()
            WHERE scope = ? AND epoch >= ? AND incarnation = ?
            RETURNING epoch
            """)) {
            statement.setString(1, owner.scope());
            statement.setLong(2, owner.epoch());
            statement.setObject(3, owner.incarnation());
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Ownership(owner.scope(), row.getLong(1), owner.incarnation()))
                        : Optional.empty();
            }
        }
    }

    /** Takes the epochs of all these scopes away from whoever has them; they are nobody's then. */
    static void takeAll(Connection connection, String scopes) throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE rc_epoch SET epoch = epoch + 1, incarnation = ?, taken_at = now() WHERE " + scopes)) {
            statement.setObject(1, UUID.randomUUID());
            statement.executeUpdate();
        }
    }

    /** Every scope's epoch at the transaction's moment. */
    public static Map<String, Long> epochs(Connection connection) throws SQLException {
        var epochs = new HashMap<String, Long>();
        try (var statement = connection.prepareStatement("SELECT scope, epoch FROM rc_epoch");
                var row = statement.executeQuery()) {
            while (row.next()) {
                epochs.put(row.getString(1), row.getLong(2));
            }
        }
        return epochs;
    }

    private static boolean stands(Connection connection, Ownership owner, String lock) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT 1 FROM rc_epoch WHERE scope = ? AND epoch = ? AND incarnation = ? " + lock)) {
            statement.setString(1, owner.scope());
            statement.setLong(2, owner.epoch());
            statement.setObject(3, owner.incarnation());
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
