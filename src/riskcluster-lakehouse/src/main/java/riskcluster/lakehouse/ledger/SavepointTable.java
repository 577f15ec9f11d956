package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import riskcluster.contracts.log.LogPartition;

/**
 * The rows of the savepoints. A savepoint's profiles are a table of their own, so that they are written without an index
 * and gone at once, every byte of them, when it is dropped.
 */
public final class SavepointTable {

    private static final String COLUMNS =
            "SELECT id, name, batch_id, semantics, customers, created_at FROM rc_savepoint ";

    private SavepointTable() {}

    /**
     * A partition at a savepoint.
     *
     * @param data offset up to which the savepoint's batch reaches
     * @param profile offset up to which its profiles were saved; never past {@code data}
     */
    public record Place(LogPartition source, String topicId, long data, long profile) {}

    /** Keeps everybody else from the savepoints, to the transaction's end; the first thing that one does. */
    public static void lock(Connection connection) throws SQLException {
        execute(connection, "LOCK TABLE rc_savepoint IN SHARE ROW EXCLUSIVE MODE");
    }

    /** Every savepoint, the oldest first. */
    public static List<StoredSavepoint> all(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS + "ORDER BY id")) {
            return read(statement);
        }
    }

    public static Optional<StoredSavepoint> find(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS + "WHERE name = ?")) {
            statement.setString(1, name);
            return read(statement).stream().findFirst();
        }
    }

    /** By name the batch that each savepoint shows. */
    public static Map<String, Long> batches(Connection connection) throws SQLException {
        var batches = new TreeMap<String, Long>();
        for (StoredSavepoint savepoint : all(connection)) {
            batches.put(savepoint.name(), savepoint.batch());
        }
        return batches;
    }

    /**
     * Why no savepoint of the newest batch can be made at this moment; empty where one can. Saved profiles may be ahead
     * of what is committed, until the next batch.
     */
    public static Optional<String> ahead(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT p.topic, p.partition, p.position, " + REACHED + """
                         FROM rc_profile_cursor p JOIN rc_data_cursor d USING (topic, partition)
                        WHERE p.position >
                        """
                        + REACHED + " ORDER BY 1, 2 LIMIT 1");
                var row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of("profiles of " + row.getString(1) + "/" + row.getInt(2) + " are saved up to "
                            + row.getLong(3) + ", batches reach to " + row.getLong(4))
                    : Optional.empty();
        }
    }

    /** Up to where a partition's checkpoints are part of batches: they come in order and without a gap. */
    private static final String REACHED = """
         coalesce((SELECT min(c.from_offset) FROM rc_checkpoint c
            WHERE c.topic = d.topic AND c.partition = d.partition AND c.batch_id IS NULL), d.position)
        """;

    /** Makes a savepoint of what this transaction sees, which must all be of one moment. */
    public static StoredSavepoint add(Connection connection, String name, long batch, String semantics)
            throws SQLException {
        long id;
        try (var statement =
                connection.prepareStatement("INSERT INTO rc_savepoint (name, batch_id, semantics, customers)"
                        + " VALUES (?, ?, ?, 0) RETURNING id")) {
            statement.setString(1, name);
            statement.setLong(2, batch);
            statement.setString(3, semantics);
            try (var row = statement.executeQuery()) {
                row.next();
                id = row.getLong(1);
            }
        }
        execute(
                connection,
                "INSERT INTO rc_savepoint_place SELECT " + id + ", topic, partition, d.topic_id, " + REACHED + """
                    , p.position, p.leader_epoch, p.partition_state, s.switches, s.last_offset, s.last_version
                    FROM rc_data_cursor d JOIN rc_profile_cursor p USING (topic, partition)
                        JOIN rc_policy_cursor s USING (topic, partition)
                    """);
        execute(
                connection,
                "CREATE TABLE " + profiles(id)
                        + " AS SELECT topic, customer, partition, last_offset, content FROM rc_profile");
        execute(
                connection,
                "UPDATE rc_savepoint SET customers = (SELECT count(*) FROM " + profiles(id) + ") WHERE id = " + id);
        return find(connection, name).orElseThrow();
    }

    /** The partitions at the savepoint, in order. */
    public static List<Place> places(Connection connection, StoredSavepoint savepoint) throws SQLException {
        var places = new ArrayList<Place>();
        try (var statement = connection.prepareStatement("SELECT topic, partition, topic_id, data_cursor,"
                + " profile_cursor FROM rc_savepoint_place WHERE savepoint = ? ORDER BY topic, partition")) {
            statement.setLong(1, savepoint.id());
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var source = new LogPartition(row.getString(1), row.getInt(2));
                    places.add(new Place(source, row.getString(3), row.getLong(4), row.getLong(5)));
                }
            }
        }
        return places;
    }

    /** Whether every partition of the input topic has had an owner. */
    public static boolean knowsEveryPartition(Connection connection) throws SQLException {
        return YesOrNo.ask(connection, """
            SELECT NOT EXISTS (SELECT 1 FROM rc_input i WHERE i.partitions <>
                (SELECT count(*) FROM rc_profile_cursor p WHERE p.topic = i.topic))
            """);
    }

    /** Whether a customer is being erased at this moment, or all get new pseudonyms. */
    public static boolean isErasing(Connection connection) throws SQLException {
        return YesOrNo.ask(
                connection,
                "SELECT EXISTS (SELECT 1 FROM rc_erasure WHERE step <> 'DONE')"
                        + " OR EXISTS (SELECT 1 FROM rc_rekey WHERE done_at IS NULL)");
    }

    /** Drops a savepoint with its profiles; its snapshots go with the next expiry. */
    public static void drop(Connection connection, StoredSavepoint savepoint) throws SQLException {
        execute(connection, "DROP TABLE " + profiles(savepoint.id()));
        execute(connection, "DELETE FROM rc_savepoint WHERE id = " + savepoint.id());
    }

    /** Drops them all: somebody is erased, and they have him. */
    static void dropAll(Connection connection) throws SQLException {
        lock(connection);
        for (StoredSavepoint savepoint : all(connection)) {
            drop(connection, savepoint);
        }
    }

    /** The table with the profiles of a savepoint. */
    static String profiles(long id) {
        return "rc_savepoint_profile_" + id;
    }

    private static List<StoredSavepoint> read(PreparedStatement statement) throws SQLException {
        var found = new ArrayList<StoredSavepoint>();
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new StoredSavepoint(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getObject(6, OffsetDateTime.class).toInstant()));
            }
        }
        return found;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
