package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.ledger.Cursors;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.ledger.ProfileCut;
import riskcluster.contracts.log.LogPartition;

/**
 * The three cursor rows of a partition. They are rows of three tables so that a long save does not hold up a seal;
 * each moves by compare-and-swap, because two transactions of one epoch do not exclude each other.
 */
final class CursorRows {

    private static final int UNKNOWN_LEADER_EPOCH = -1;

    private CursorRows() {}

    /** Makes the rows where the partition has none yet. */
    static void begin(Connection connection, LogPartition source, String topicId, long firstOffset)
            throws SQLException {
        execute(
                connection,
                source,
                "INSERT INTO rc_data_cursor (topic, partition, position, topic_id, alert_noted)"
                        + " VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING",
                firstOffset,
                topicId);
        execute(
                connection,
                source,
                "INSERT INTO rc_profile_cursor (topic, partition, position, leader_epoch, partition_state)"
                        + " VALUES (?, ?, ?, ?, '') ON CONFLICT DO NOTHING",
                firstOffset,
                UNKNOWN_LEADER_EPOCH);
        execute(
                connection,
                source,
                "INSERT INTO rc_policy_cursor (topic, partition, switches) VALUES (?, ?, 0) ON CONFLICT DO NOTHING");
    }

    static boolean moveData(Connection connection, Checkpoint checkpoint) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE rc_data_cursor SET position = ?, alert_noted = ?"
                + " WHERE topic = ? AND partition = ? AND position = ?")) {
            statement.setLong(1, checkpoint.to());
            statement.setLong(2, checkpoint.alertCursor());
            place(statement, 3, checkpoint.source());
            statement.setLong(5, checkpoint.from());
            return statement.executeUpdate() == 1;
        }
    }

    static boolean moveProfile(Connection connection, ProfileCut cut) throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE rc_profile_cursor SET position = ?, leader_epoch = ?, partition_state = ?"
                        + " WHERE topic = ? AND partition = ? AND position = ?")) {
            statement.setLong(1, cut.to());
            statement.setInt(2, cut.leaderEpoch());
            statement.setBytes(3, cut.partitionState());
            place(statement, 4, cut.source());
            statement.setLong(6, cut.from());
            return statement.executeUpdate() == 1;
        }
    }

    /** The number of the new switch; empty where {@code previous} is not the last or lies past {@code next}. */
    static Optional<Integer> movePolicy(
            Connection connection, LogPartition source, Optional<PolicySwitch> previous, PolicySwitch next)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
            UPDATE rc_policy_cursor SET switches = switches + 1, last_offset = ?, last_version = ?
            WHERE topic = ? AND partition = ?
            AND last_offset IS NOT DISTINCT FROM ? AND last_version IS NOT DISTINCT FROM ?
            AND (last_offset IS NULL OR last_offset <= ?)
            RETURNING switches
            """)) {
            statement.setLong(1, next.offset());
            statement.setString(2, next.version());
            place(statement, 3, source);
            statement.setObject(5, previous.map(PolicySwitch::offset).orElse(null), Types.BIGINT);
            statement.setString(6, previous.map(PolicySwitch::version).orElse(null));
            statement.setLong(7, next.offset());
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
            }
        }
    }

    static Cursors read(Connection connection, LogPartition source) throws SQLException {
        try (var statement = connection.prepareStatement("""
            SELECT d.topic_id, d.position, d.alert_noted, p.position, p.leader_epoch, p.partition_state
            FROM rc_data_cursor d JOIN rc_profile_cursor p USING (topic, partition)
            WHERE d.topic = ? AND d.partition = ?
            """)) {
            place(statement, 1, source);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException(source + " has an owner but no cursors");
                }
                return new Cursors(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getInt(5),
                        row.getBytes(6),
                        switches(connection, source));
            }
        }
    }

    private static List<PolicySwitch> switches(Connection connection, LogPartition source) throws SQLException {
        var switches = new ArrayList<PolicySwitch>();
        try (var statement = connection.prepareStatement("SELECT from_offset, version FROM rc_policy_switch"
                + " WHERE topic = ? AND partition = ? ORDER BY number")) {
            place(statement, 1, source);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    switches.add(new PolicySwitch(row.getLong(1), row.getString(2)));
                }
            }
        }
        return List.copyOf(switches);
    }

    private static void execute(Connection connection, LogPartition source, String sql, Object... more)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            place(statement, 1, source);
            for (int i = 0; i < more.length; i++) {
                statement.setObject(3 + i, more[i]);
            }
            statement.executeUpdate();
        }
    }

    private static void place(PreparedStatement statement, int index, LogPartition source) throws SQLException {
        statement.setString(index, source.topic());
        statement.setInt(index + 1, source.partition());
    }
}
