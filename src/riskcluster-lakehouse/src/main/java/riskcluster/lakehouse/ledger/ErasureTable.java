package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.ledger.ErasedCustomer;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.ledger.StoredErasure.Step;

/** The rows of the erasures. */
public final class ErasureTable {

    private static final String COLUMNS =
            "SELECT id, tag, user_id, pseudonyms, step, requested_at, gone_at, done_at, report FROM rc_erasure ";

    private ErasureTable() {}

    /** Asks for an erasure; of a customer who was erased before, once more. */
    public static void request(Connection connection, StoredErasure wanted) throws SQLException {
        try (var statement = connection.prepareStatement("""
            INSERT INTO rc_erasure (id, tag, user_id, pseudonyms, step) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (tag) DO UPDATE SET user_id = excluded.user_id, pseudonyms = excluded.pseudonyms,
                step = excluded.step, requested_at = now(), gone_at = NULL, done_at = NULL, report = NULL
            WHERE rc_erasure.step = 'DONE'
            """)) {
            statement.setObject(1, wanted.id());
            statement.setString(2, wanted.tag());
            statement.setString(3, wanted.userId());
            statement.setString(4, String.join(" ", wanted.pseudonyms()));
            statement.setString(5, Step.REQUESTED.name());
            statement.executeUpdate();
        }
    }

    /** Whether the ledger knows of erasures: one that only older programs have used does not. */
    public static boolean exists(Connection connection) throws SQLException {
        return YesOrNo.hasTable(connection, "rc_erasure");
    }

    /** Every erasure, the oldest first. */
    public static List<StoredErasure> all(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS + "ORDER BY requested_at, id")) {
            return read(statement);
        }
    }

    /** The first that is not done. */
    public static Optional<StoredErasure> open(Connection connection) throws SQLException {
        try (var statement =
                connection.prepareStatement(COLUMNS + "WHERE step <> 'DONE' ORDER BY requested_at, id LIMIT 1")) {
            return read(statement).stream().findFirst();
        }
    }

    /** Notes how far it has come; false where it was not at {@code from}. */
    public static boolean move(Connection connection, UUID id, Step from, Step to) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE rc_erasure SET step = ? WHERE id = ? AND step = ?")) {
            statement.setString(1, to.name());
            statement.setObject(2, id);
            statement.setString(3, from.name());
            return statement.executeUpdate() == 1;
        }
    }

    /**
     * Takes the epochs of all partitions away from their owners, notes what they have sealed, and deletes the
     * customer's profiles, and savepoints with all they have. Owners from here on know of the erasure.
     */
    public static void place(Connection connection, StoredErasure erasure) throws SQLException {
        SavepointTable.dropAll(connection);
        execute(connection, "UPDATE rc_erasure SET placed_at = now() WHERE id = ?", erasure.id());
        execute(connection, "DELETE FROM rc_erasure_place WHERE erasure = ?", erasure.id());
        Fence.takeAll(connection, "scope IN (SELECT topic || '/' || partition FROM rc_data_cursor)");
        execute(
                connection,
                "INSERT INTO rc_erasure_place (erasure, topic, partition, data_cursor)"
                        + " SELECT ?, topic, partition, position FROM rc_data_cursor",
                erasure.id());
        ProfileTable.delete(connection, Objects.requireNonNull(erasure.userId(), "one that is not done"));
    }

    /** What every partition had sealed when the erasure was placed. */
    public static Map<LogPartition, Long> sealedBefore(Connection connection, UUID erasure) throws SQLException {
        var sealed = new HashMap<LogPartition, Long>();
        try (var statement = connection.prepareStatement(
                "SELECT topic, partition, data_cursor FROM rc_erasure_place WHERE erasure = ?")) {
            statement.setObject(1, erasure);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    sealed.put(new LogPartition(row.getString(1), row.getInt(2)), row.getLong(3));
                }
            }
        }
        return sealed;
    }

    /** How many partitions have no owner yet that knows of the erasure. */
    public static int unaware(Connection connection, UUID erasure) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT count(*) FROM rc_erasure_place WHERE erasure = ? AND known_epoch IS NULL")) {
            statement.setObject(1, erasure);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Whether any partition has saved a profile of the customer. */
    public static boolean hasProfile(Connection connection, String userId) throws SQLException {
        return ProfileTable.exists(connection, userId);
    }

    /** Those whose records are erased as they arrive. */
    static List<ErasedCustomer> placed(Connection connection) throws SQLException {
        var placed = new ArrayList<ErasedCustomer>();
        try (var statement = connection.prepareStatement("SELECT id, tag FROM rc_erasure WHERE placed_at IS NOT NULL");
                var row = statement.executeQuery()) {
            while (row.next()) {
                placed.add(new ErasedCustomer(row.getObject(1, UUID.class), row.getString(2)));
            }
        }
        return placed;
    }

    static void acknowledge(Connection connection, Ownership owner, LogPartition source, List<ErasedCustomer> known)
            throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE rc_erasure_place SET known_epoch = ?"
                + " WHERE topic = ? AND partition = ? AND known_epoch IS NULL AND erasure = ANY (?)")) {
            statement.setLong(1, owner.epoch());
            statement.setString(2, source.topic());
            statement.setInt(3, source.partition());
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "uuid", known.stream().map(ErasedCustomer::erasure).toArray()));
            statement.executeUpdate();
        }
    }

    /** Notes until when files that were recorded for deletion are still there. */
    public static void awaitDeletions(Connection connection, UUID id) throws SQLException {
        execute(
                connection,
                "UPDATE rc_erasure SET gone_at = (SELECT max(not_before) FROM rc_deferred_deletion)" + " WHERE id = ?",
                id);
    }

    /** Whether files that were recorded by then still wait for their deletion. */
    public static boolean deletionsWait(Connection connection, UUID id) throws SQLException {
        return YesOrNo.ask(
                connection,
                "SELECT EXISTS (SELECT 1 FROM rc_deferred_deletion d, rc_erasure e"
                        + " WHERE e.id = ? AND d.not_before <= e.gone_at)",
                id);
    }

    /** The end: who it was is forgotten, the report stays. */
    public static void finish(Connection connection, UUID id, String report) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE rc_erasure SET step = 'DONE', done_at = now(),"
                + " user_id = NULL, pseudonyms = NULL, report = ? WHERE id = ?")) {
            statement.setString(1, report);
            statement.setObject(2, id);
            statement.executeUpdate();
        }
    }

    /** Notes what a search found that did not end it. */
    public static void report(Connection connection, UUID id, String report) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE rc_erasure SET report = ? WHERE id = ?")) {
            statement.setString(1, report);
            statement.setObject(2, id);
            statement.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql, UUID id) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            statement.executeUpdate();
        }
    }

    private static List<StoredErasure> read(PreparedStatement statement) throws SQLException {
        var found = new ArrayList<StoredErasure>();
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new StoredErasure(
                        row.getObject("id", UUID.class),
                        row.getString("tag"),
                        row.getString("user_id"),
                        pseudonyms(row.getString("pseudonyms")),
                        Step.valueOf(row.getString("step")),
                        instant(row, "requested_at"),
                        instant(row, "gone_at"),
                        instant(row, "done_at"),
                        row.getString("report")));
            }
        }
        return found;
    }

    private static List<String> pseudonyms(@Nullable String column) {
        return column == null ? List.of() : List.of(column.split(" "));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
