package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import riskcluster.contracts.log.LogPartition;

/** The partitions' rows taken back to a savepoint, and the record of it. Nothing here touches an alert cursor. */
public final class RestoreTable {

    private RestoreTable() {}

    /**
     * A time at which the lake went back.
     *
     * @param toBatch what was shown again
     * @param fromBatch the newest batch until then
     * @param newBatch the batch that shows again what {@code toBatch} showed
     */
    public record Stored(long id, String savepoint, long toBatch, long fromBatch, long newBatch, Instant restoredAt) {}

    /**
     * A partition that was taken back.
     *
     * @param data offset from which on records are written again
     * @param sealedBefore offset up to which they had been
     * @param alertCursor alerts below had been sent, as far as was known
     */
    public record Place(LogPartition source, long data, long sealedBefore, long alertCursor) {}

    /** The last time; empty where it never happened. */
    public static Optional<Stored> last(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT id, savepoint, to_batch, from_batch, new_batch,"
                        + " restored_at FROM rc_restore ORDER BY id DESC LIMIT 1");
                var row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Stored(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getObject(6, OffsetDateTime.class).toInstant()))
                    : Optional.empty();
        }
    }

    /** The partitions of that time, in order. */
    public static List<Place> places(Connection connection, long restore) throws SQLException {
        var places = new ArrayList<Place>();
        try (var statement = connection.prepareStatement("SELECT topic, partition, data_cursor, sealed_before,"
                + " alert_cursor FROM rc_restore_place WHERE restore = ? ORDER BY topic, partition")) {
            statement.setLong(1, restore);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    places.add(new Place(
                            new LogPartition(row.getString(1), row.getInt(2)),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5)));
                }
            }
        }
        return places;
    }

    /**
     * Takes the epochs of the partitions and of maintenance away, and their cursors, policies and profiles back.
     *
     * @param alerts alert cursors as Kafka tells them; where it tells none, what checkpoints noted counts
     */
    public static void apply(
            Connection connection,
            StoredSavepoint savepoint,
            long fromBatch,
            long newBatch,
            Map<LogPartition, Long> alerts)
            throws SQLException {
        Fence.takeAll(connection, "scope <> 'committer'");
        note(connection, savepoint, fromBatch, newBatch);
        for (var alert : alerts.entrySet()) {
            noteAlerts(connection, alert.getKey(), alert.getValue());
        }
        String of = " FROM rc_savepoint_place s WHERE s.savepoint = " + savepoint.id()
                + " AND s.topic = t.topic AND s.partition = t.partition";
        String[] deeds = {
            "DELETE FROM rc_checkpoint t USING rc_savepoint_place s WHERE s.savepoint = " + savepoint.id()
                    + " AND s.topic = t.topic AND s.partition = t.partition AND t.from_offset >= s.data_cursor",
            "UPDATE rc_data_cursor t SET position = s.data_cursor" + of,
            "UPDATE rc_profile_cursor t SET position = s.profile_cursor, leader_epoch = s.leader_epoch,"
                    + " partition_state = s.partition_state" + of,
            "DELETE FROM rc_policy_switch t USING rc_savepoint_place s WHERE s.savepoint = " + savepoint.id()
                    + " AND s.topic = t.topic AND s.partition = t.partition AND t.number > s.switches",
            "UPDATE rc_policy_cursor t SET switches = s.switches, last_offset = s.last_offset,"
                    + " last_version = s.last_version" + of,
            "DELETE FROM rc_batch WHERE id > " + savepoint.batch(),
            "TRUNCATE rc_profile",
            "INSERT INTO rc_profile (topic, customer, partition, last_offset, content) SELECT topic, customer,"
                    + " partition, last_offset, content FROM " + SavepointTable.profiles(savepoint.id()),
        };
        for (String deed : deeds) {
            SavepointTable.execute(connection, deed);
        }
        giveUpCorrections(connection, savepoint);
    }

    /** What a batch since the savepoint has corrected in silver stands there no longer. */
    private static void giveUpCorrections(Connection connection, StoredSavepoint savepoint) throws SQLException {
        SavepointTable.execute(
                connection,
                "UPDATE rc_correction SET batch = NULL, why = 'the lake went back to a savepoint before it'"
                        + " WHERE batch > " + savepoint.batch());
    }

    private static void note(Connection connection, StoredSavepoint savepoint, long fromBatch, long newBatch)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
            WITH r AS (INSERT INTO rc_restore (savepoint, to_batch, from_batch, new_batch)
                VALUES (?, ?, ?, ?) RETURNING id)
            INSERT INTO rc_restore_place (restore, topic, partition, data_cursor, sealed_before, alert_cursor, epoch)
            SELECT r.id, topic, partition, s.data_cursor, d.position, d.alert_noted, e.epoch
            FROM r, rc_savepoint_place s JOIN rc_data_cursor d USING (topic, partition)
                JOIN rc_epoch e ON e.scope = s.topic || '/' || s.partition
            WHERE s.savepoint = ?
            """)) {
            statement.setString(1, savepoint.name());
            statement.setLong(2, savepoint.batch());
            statement.setLong(3, fromBatch);
            statement.setLong(4, newBatch);
            statement.setLong(5, savepoint.id());
            statement.executeUpdate();
        }
    }

    private static void noteAlerts(Connection connection, LogPartition source, long cursor) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE rc_restore_place SET alert_cursor ="
                + " greatest(alert_cursor, ?) WHERE topic = ? AND partition = ?"
                + " AND restore = (SELECT max(id) FROM rc_restore)")) {
            statement.setLong(1, cursor);
            statement.setString(2, source.topic());
            statement.setInt(3, source.partition());
            statement.executeUpdate();
        }
    }

    /** The epoch up to which owners were of a past that was taken back; -1 where none was. */
    static long rewoundEpoch(Connection connection, LogPartition source) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT coalesce(max(epoch), -1) FROM rc_restore_place WHERE topic = ? AND partition = ?")) {
            statement.setString(1, source.topic());
            statement.setInt(2, source.partition());
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Whether nodes hold sessions in this database. */
    public static boolean hasNodes(Connection connection) throws SQLException {
        return YesOrNo.ask(
                connection,
                "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND application_name = ?)",
                LedgerPool.NODE);
    }
}
