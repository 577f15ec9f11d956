package riskcluster.lakehouse.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import riskcluster.contracts.ledger.StoredProfile;
import riskcluster.contracts.log.LogPartition;

/**
 * The customers' profiles, written and read in bulk. A customer stands here as the SHA-256 of his id: the contract
 * limits neither an id's length nor its characters, and a Postgres key limits both.
 */
final class ProfileTable {

    /** Rows of one statement: large enough that the round trip is nothing, small enough for a few MiB of parameters. */
    private static final int ROWS_PER_STATEMENT = 2_000;

    private ProfileTable() {}

    /**
     * Writes them, and counts how many of these customers have a profile in another partition of the topic. That is asked by
     * {@code ANY} and not by a join: before the table is analysed, a join reads all of it.
     */
    static int write(Connection connection, LogPartition source, List<StoredProfile> profiles) throws SQLException {
        int elsewhere = 0;
        try (var upsert = connection.prepareStatement("""
            INSERT INTO rc_profile (topic, partition, customer, last_offset, content)
            SELECT ?, ?, u, o, c FROM unnest(?, ?, ?) AS t (u, o, c)
            ON CONFLICT (topic, customer, partition) DO UPDATE
            SET last_offset = excluded.last_offset, content = excluded.content
            """);
                var count = connection.prepareStatement("""
                    SELECT count(DISTINCT customer) FROM rc_profile
                    WHERE topic = ? AND customer = ANY (?) AND partition <> ?
                    """)) {
            for (int from = 0; from < profiles.size(); from += ROWS_PER_STATEMENT) {
                int to = Math.min(from + ROWS_PER_STATEMENT, profiles.size());
                var chunk = List.copyOf(profiles.subList(from, to));
                var customers = connection.createArrayOf("bytea", customers(chunk));
                upsert.setString(1, source.topic());
                upsert.setInt(2, source.partition());
                upsert.setArray(3, customers);
                upsert.setArray(4, connection.createArrayOf("bigint", offsets(chunk)));
                upsert.setArray(5, connection.createArrayOf("bytea", contents(chunk)));
                upsert.executeUpdate();
                count.setString(1, source.topic());
                count.setArray(2, customers);
                count.setInt(3, source.partition());
                elsewhere += one(count);
            }
        }
        return elsewhere;
    }

    private static int one(PreparedStatement count) throws SQLException {
        try (var row = count.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    static List<StoredProfile> read(Connection connection, LogPartition source, Collection<String> userIds)
            throws SQLException {
        var profiles = new ArrayList<StoredProfile>(userIds.size());
        var asked = new HashMap<ByteBuffer, String>(userIds.size());
        userIds.forEach(userId -> asked.put(ByteBuffer.wrap(digest(userId)), userId));
        try (var statement = connection.prepareStatement("SELECT customer, last_offset, content FROM rc_profile"
                + " WHERE topic = ? AND partition = ? AND customer = ANY (?)")) {
            statement.setString(1, source.topic());
            statement.setInt(2, source.partition());
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "bytea", userIds.stream().map(ProfileTable::digest).toArray(byte[][]::new)));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var userId = Objects.requireNonNull(asked.get(ByteBuffer.wrap(row.getBytes(1))));
                    profiles.add(new StoredProfile(userId, row.getLong(2), row.getBytes(3)));
                }
            }
        }
        return profiles;
    }

    /** Deletes the customer's profiles in every partition of every topic. */
    static void delete(Connection connection, String userId) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM rc_profile WHERE customer = ?")) {
            statement.setBytes(1, digest(userId));
            statement.executeUpdate();
        }
    }

    /** Whether any partition has a profile of the customer. */
    static boolean exists(Connection connection, String userId) throws SQLException {
        return YesOrNo.ask(
                connection, "SELECT EXISTS (SELECT 1 FROM rc_profile WHERE customer = ?)", (Object) digest(userId));
    }

    private static Object[] customers(List<StoredProfile> chunk) {
        return chunk.stream().map(profile -> digest(profile.userId())).toArray(byte[][]::new);
    }

    private static byte[] digest(String userId) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(userId.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Object[] offsets(List<StoredProfile> chunk) {
        return chunk.stream().map(StoredProfile::lastOffset).toArray(Long[]::new);
    }

    private static Object[] contents(List<StoredProfile> chunk) {
        return chunk.stream().map(StoredProfile::content).toArray(byte[][]::new);
    }
}
