package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.LogPartition;

/** The rows of the rekeys. */
public final class RekeyTable {

    private RekeyTable() {}

    /** Whether the ledger knows of rekeys: one that only older programs have used does not. */
    public static boolean exists(Connection connection) throws SQLException {
        return YesOrNo.hasTable(connection, "rc_rekey_place");
    }

    /** Asks for one. Savepoints go: what is gone back to would have old names, or some of each. */
    public static void request(Connection connection, StoredRekey wanted) throws SQLException {
        SavepointTable.dropAll(connection);
        try (var statement = connection.prepareStatement("INSERT INTO rc_rekey (id, to_version) VALUES (?, ?)")) {
            statement.setObject(1, wanted.id());
            statement.setInt(2, wanted.version());
            statement.executeUpdate();
        }
        try (var statement = connection.prepareStatement(
                "INSERT INTO rc_rekey_place (rekey, topic, partition, to_offset) VALUES (?, ?, ?, ?)")) {
            for (var place : wanted.places().entrySet()) {
                statement.setObject(1, wanted.id());
                statement.setString(2, place.getKey().topic());
                statement.setInt(3, place.getKey().partition());
                statement.setLong(4, place.getValue());
                statement.executeUpdate();
            }
        }
    }

    /** Every one, the oldest first; none where the ledger does not know of them. */
    public static List<StoredRekey> all(Connection connection) throws SQLException {
        var found = new ArrayList<StoredRekey>();
        if (!exists(connection)) {
            return found;
        }
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT id, to_version, requested_at, done_at FROM rc_rekey" + " ORDER BY requested_at, id")) {
            while (row.next()) {
                var id = row.getObject(1, UUID.class);
                found.add(new StoredRekey(id, row.getInt(2), places(connection, id), instant(row, 3), instant(row, 4)));
            }
        }
        return found;
    }

    /** The first that is not done. */
    public static Optional<StoredRekey> open(Connection connection) throws SQLException {
        return all(connection).stream().filter(one -> !one.isDone()).findFirst();
    }

    /** No table shows an older pseudonym any more. */
    public static void finish(Connection connection, UUID id) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE rc_rekey SET done_at = now() WHERE id = ?")) {
            statement.setObject(1, id);
            statement.executeUpdate();
        }
    }

    private static Map<LogPartition, Long> places(Connection connection, UUID id) throws SQLException {
        var places = new HashMap<LogPartition, Long>();
        try (var statement =
                connection.prepareStatement("SELECT topic, partition, to_offset FROM rc_rekey_place WHERE rekey = ?")) {
            statement.setObject(1, id);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    places.put(new LogPartition(row.getString(1), row.getInt(2)), row.getLong(3));
                }
            }
        }
        return places;
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
