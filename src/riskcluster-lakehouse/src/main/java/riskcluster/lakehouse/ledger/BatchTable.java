package riskcluster.lakehouse.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;

/** The rows of the batches. */
public final class BatchTable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, TableVersion>> VERSIONS = new TypeReference<>() {};
    private static final String COLUMNS = "SELECT id, committed_at, records, offsets, tables FROM rc_batch ";

    private BatchTable() {}

    /** The newest batch; empty in a new lake. */
    public static Optional<StoredBatch> newest(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS + "ORDER BY id DESC LIMIT 1")) {
            return one(statement);
        }
    }

    /** The batch with this id; empty where there is none, or none any more. */
    public static Optional<StoredBatch> find(Connection connection, long id) throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS + "WHERE id = ?")) {
            statement.setLong(1, id);
            return one(statement);
        }
    }

    /** The batch with this id, if this very owner committed it. */
    public static Optional<StoredBatch> find(Connection connection, long id, Ownership owner) throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS + "WHERE id = ? AND epoch = ? AND incarnation = ?")) {
            statement.setLong(1, id);
            statement.setLong(2, owner.epoch());
            statement.setObject(3, owner.incarnation());
            return one(statement);
        }
    }

    /** The oldest batch that is kept. */
    public static Optional<StoredBatch> oldest(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS + "ORDER BY id LIMIT 1")) {
            return one(statement);
        }
    }

    /** Adds a batch; its time is Postgres' own and comes back with it. */
    public static StoredBatch add(
            Connection connection,
            Ownership owner,
            long id,
            long records,
            int checkpoints,
            Offsets offsets,
            Map<String, TableVersion> tables)
            throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT INTO rc_batch (id, epoch, incarnation, records, checkpoints, offsets, tables)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING committed_at")) {
            statement.setLong(1, id);
            statement.setLong(2, owner.epoch());
            statement.setObject(3, owner.incarnation());
            statement.setLong(4, records);
            statement.setInt(5, checkpoints);
            statement.setString(6, offsets.toJson());
            statement.setString(7, write(tables));
            try (var row = statement.executeQuery()) {
                row.next();
                var committedAt = row.getObject(1, OffsetDateTime.class).toInstant();
                return new StoredBatch(id, committedAt, records, offsets, tables);
            }
        }
    }

    /** Every batch, the oldest first, without its tables. */
    public static List<Committed> all(Connection connection) throws SQLException {
        var all = new ArrayList<Committed>();
        try (var statement = connection.prepareStatement("SELECT id, committed_at FROM rc_batch ORDER BY id");
                var row = statement.executeQuery()) {
            while (row.next()) {
                all.add(new Committed(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()));
            }
        }
        return all;
    }

    /** A batch and when it became visible, Postgres' clock. */
    public record Committed(long id, Instant at) {}

    /** The batches with these ids; those that are gone are missing. */
    public static List<StoredBatch> these(Connection connection, Collection<Long> ids) throws SQLException {
        var found = new ArrayList<StoredBatch>();
        for (long id : ids) {
            find(connection, id).ifPresent(found::add);
        }
        return found;
    }

    /** Says anew what the batch shows, with the same rows in other files. */
    public static void show(Connection connection, long id, Map<String, TableVersion> tables) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE rc_batch SET tables = ? WHERE id = ?")) {
            statement.setString(1, write(tables));
            statement.setLong(2, id);
            statement.executeUpdate();
        }
    }

    /** Forgets these batches: they can be pinned no longer. */
    public static void forget(Connection connection, Collection<Long> ids) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM rc_batch WHERE id = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("bigint", ids.toArray(Long[]::new)));
            statement.executeUpdate();
        }
    }

    private static Optional<StoredBatch> one(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            return Optional.of(new StoredBatch(
                    row.getLong(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getLong(3),
                    Offsets.parse(row.getString(4)),
                    read(row.getString(5))));
        }
    }

    static String write(Map<String, TableVersion> tables) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(tables));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Map<String, TableVersion> read(String json) {
        try {
            return JSON.readValue(json, VERSIONS);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("the tables of a batch cannot be read: " + json, failure);
        }
    }
}
