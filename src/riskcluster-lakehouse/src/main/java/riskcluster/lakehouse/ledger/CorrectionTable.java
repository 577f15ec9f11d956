package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.ledger.StoredCorrection.Span;

/** The rows of the corrections, and the decisions that wait to be published. */
public final class CorrectionTable {

    private static final String ALL = "SELECT id, number, requested_at, policy_version, policy, tries, why, batch,"
            + " coalesce(changed, 0) AS changed, ended_at FROM rc_correction ";

    private CorrectionTable() {}

    /** Decisions of one partition, from the offset {@code first} on, as bytes. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Portion(LogPartition source, long first, byte[] content) {}

    /** Whether the ledger knows of corrections: one that only older programs have used does not. */
    public static boolean exists(Connection connection) throws SQLException {
        return YesOrNo.hasTable(connection, "rc_correction");
    }

    /** Asks for a correction; gives its number. */
    public static long request(
            Connection connection, UUID id, Optional<StoredPolicy> policy, List<Span> spans, List<Portion> portions)
            throws SQLException {
        long number = add(connection, id, policy);
        try (var statement = connection.prepareStatement("INSERT INTO rc_correction_range"
                + " (correction, topic, partition, from_offset, to_offset) VALUES (?, ?, ?, ?, ?)")) {
            for (Span span : spans) {
                place(statement, id, span.source());
                statement.setLong(4, span.from());
                statement.setLong(5, span.to());
                statement.executeUpdate();
            }
        }
        try (var statement = connection.prepareStatement("INSERT INTO rc_correction_rows"
                + " (correction, topic, partition, first, content) VALUES (?, ?, ?, ?, ?)")) {
            for (Portion portion : portions) {
                place(statement, id, portion.source());
                statement.setLong(4, portion.first());
                statement.setBytes(5, portion.content());
                statement.executeUpdate();
            }
        }
        return number;
    }

    private static long add(Connection connection, UUID id, Optional<StoredPolicy> policy) throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT INTO rc_correction (id, policy_version, policy) VALUES (?, ?, ?) RETURNING number")) {
            statement.setObject(1, id);
            statement.setString(2, policy.map(StoredPolicy::version).orElse(null));
            statement.setString(3, policy.map(StoredPolicy::content).orElse(null));
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void place(PreparedStatement statement, UUID id, LogPartition source) throws SQLException {
        statement.setObject(1, id);
        statement.setString(2, source.topic());
        statement.setInt(3, source.partition());
    }

    /** Every correction, the oldest first. */
    public static List<StoredCorrection> all(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(ALL + "ORDER BY number")) {
            return read(connection, statement);
        }
    }

    /** The first that waits. */
    public static Optional<StoredCorrection> open(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(ALL + "WHERE ended_at IS NULL ORDER BY number LIMIT 1")) {
            return read(connection, statement).stream().findFirst();
        }
    }

    /** Hands over what the correction wants to publish. */
    public static void portions(Connection connection, UUID id, Consumer<Portion> receiver) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT topic, partition, first, content"
                + " FROM rc_correction_rows WHERE correction = ? ORDER BY topic, partition, first")) {
            statement.setObject(1, id);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    receiver.accept(new Portion(
                            new LogPartition(row.getString(1), row.getInt(2)), row.getLong(3), row.getBytes(4)));
                }
            }
        }
    }

    /** Notes the batch that publishes it; false where it waits no longer. */
    public static boolean publish(Connection connection, UUID id, long batch, long changed) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE rc_correction SET batch = ?, changed = ?,"
                + " why = NULL, ended_at = now() WHERE id = ? AND ended_at IS NULL")) {
            statement.setLong(1, batch);
            statement.setLong(2, changed);
            statement.setObject(3, id);
            if (statement.executeUpdate() != 1) {
                return false;
            }
        }
        forgetPortions(connection, id);
        return true;
    }

    /** Whether the lake has gone back to a savepoint since it was asked for, so that it was decided on what is gone. */
    public static boolean isOvertaken(Connection connection, UUID id) throws SQLException {
        return YesOrNo.ask(
                connection,
                "SELECT EXISTS (SELECT 1 FROM rc_restore r, rc_correction c"
                        + " WHERE c.id = ? AND r.restored_at >= c.requested_at)",
                id);
    }

    /** Notes a try that did not end it; after {@code triesMax} of them it is given up. */
    public static void tried(Connection connection, UUID id, String why, int triesMax) throws SQLException {
        boolean givenUp;
        try (var statement = connection.prepareStatement("UPDATE rc_correction SET tries = tries + 1, why = ?,"
                + " ended_at = CASE WHEN tries + 1 >= ? THEN now() END"
                + " WHERE id = ? AND ended_at IS NULL RETURNING ended_at IS NOT NULL")) {
            statement.setString(1, why);
            statement.setInt(2, triesMax);
            statement.setObject(3, id);
            try (var row = statement.executeQuery()) {
                givenUp = row.next() && row.getBoolean(1);
            }
        }
        if (givenUp) {
            forgetPortions(connection, id);
        }
    }

    private static void forgetPortions(Connection connection, UUID id) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM rc_correction_rows WHERE correction = ?")) {
            statement.setObject(1, id);
            statement.executeUpdate();
        }
    }

    private static List<StoredCorrection> read(Connection connection, PreparedStatement statement) throws SQLException {
        var found = new ArrayList<StoredCorrection>();
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                found.add(correction(connection, row));
            }
        }
        return found;
    }

    private static StoredCorrection correction(Connection connection, ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        String version = row.getString("policy_version");
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        return new StoredCorrection(
                id,
                row.getLong("number"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                version == null ? Optional.empty() : Optional.of(new StoredPolicy(version, row.getString("policy"))),
                spans(connection, id),
                row.getInt("tries"),
                row.getString("why"),
                row.getObject("batch", Long.class),
                row.getLong("changed"),
                ended == null ? null : ended.toInstant());
    }

    private static List<Span> spans(Connection connection, UUID id) throws SQLException {
        var spans = new ArrayList<Span>();
        try (var statement = connection.prepareStatement("SELECT topic, partition, from_offset, to_offset"
                + " FROM rc_correction_range WHERE correction = ? ORDER BY topic, partition")) {
            statement.setObject(1, id);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    spans.add(new Span(
                            new LogPartition(row.getString(1), row.getInt(2)), row.getLong(3), row.getLong(4)));
                }
            }
        }
        return spans;
    }
}
