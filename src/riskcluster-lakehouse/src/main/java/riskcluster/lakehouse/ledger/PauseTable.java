package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import riskcluster.contracts.ledger.Pause;
import riskcluster.contracts.log.LogPartition;

/** The rows of the partitions that somebody wants to rest. */
public final class PauseTable {

    private PauseTable() {}

    /**
     * A wish and how far its partition has come with it.
     *
     * @param restsAt offset at which it rests; empty while its owner puts down what it has
     */
    public record Stored(Pause pause, OptionalLong restsAt) {}

    /** Wishes that the partition rests; false where somebody wished it before, whose wish stays. */
    public static boolean add(Connection connection, LogPartition source, String by, String reason)
            throws SQLException {
        try (var statement =
                connection.prepareStatement("INSERT INTO rc_pause (topic, partition, paused_by, reason, paused_at)"
                        + " VALUES (?, ?, ?, ?, date_trunc('milliseconds', now())) ON CONFLICT DO NOTHING")) {
            statement.setString(1, source.topic());
            statement.setInt(2, source.partition());
            statement.setString(3, by);
            statement.setString(4, reason);
            return statement.executeUpdate() == 1;
        }
    }

    /** Takes the wish back; false where there was none. */
    public static boolean remove(Connection connection, LogPartition source) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM rc_pause WHERE topic = ? AND partition = ?")) {
            statement.setString(1, source.topic());
            statement.setInt(2, source.partition());
            return statement.executeUpdate() == 1;
        }
    }

    /** The wishes for the topic's partitions, by their numbers. */
    public static Map<Integer, Stored> of(Connection connection, String topic) throws SQLException {
        var found = new TreeMap<Integer, Stored>();
        try (var statement = connection.prepareStatement(
                "SELECT partition, paused_by, paused_at, reason, rests_at" + " FROM rc_pause WHERE topic = ?")) {
            statement.setString(1, topic);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var since = row.getObject(3, OffsetDateTime.class).toInstant();
                    long at = row.getLong(5);
                    var restsAt = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(at);
                    found.put(row.getInt(1), new Stored(new Pause(row.getString(2), since, row.getString(4)), restsAt));
                }
            }
        }
        return found;
    }

    static Optional<Pause> find(Connection connection, LogPartition source) throws SQLException {
        return Optional.ofNullable(of(connection, source.topic()).get(source.partition()))
                .map(Stored::pause);
    }

    /** Notes where the partition rests. */
    static void rests(Connection connection, LogPartition source, long position) throws SQLException {
        try (var statement =
                connection.prepareStatement("UPDATE rc_pause SET rests_at = ? WHERE topic = ? AND partition = ?")) {
            statement.setLong(1, position);
            statement.setString(2, source.topic());
            statement.setInt(3, source.partition());
            statement.executeUpdate();
        }
    }
}
