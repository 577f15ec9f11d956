package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import riskcluster.contracts.ledger.StoredProfile;
import riskcluster.contracts.log.LogPartition;

/** The customers' profiles, written and read in bulk. */
final class ProfileTable {

    /** Rows of one statement: large enough that the round trip is nothing, small enough for a few MiB of parameters. */
    private static final int ROWS_PER_STATEMENT = 2_000;

    private ProfileTable() {}

    static void write(Connection connection, LogPartition source, List<StoredProfile> profiles) throws SQLException {
        try (var statement = connection.prepareStatement("""
            INSERT INTO rc_profile (topic, partition, user_id, last_offset, content)
            SELECT ?, ?, u, o, c FROM unnest(?, ?, ?) AS t (u, o, c)
            ON CONFLICT (topic, user_id, partition) DO UPDATE
            SET last_offset = excluded.last_offset, content = excluded.content
            """)) {
            for (List<StoredProfile> chunk : chunks(profiles)) {
                statement.setString(1, source.topic());
                statement.setInt(2, source.partition());
                statement.setArray(3, connection.createArrayOf("text", userIds(chunk)));
                statement.setArray(4, connection.createArrayOf("bigint", offsets(chunk)));
                statement.setArray(5, connection.createArrayOf("bytea", contents(chunk)));
                statement.executeUpdate();
            }
        }
    }

    /** How many of these customers have a profile in another partition of the topic. */
    static int countElsewhere(Connection connection, LogPartition source, List<StoredProfile> profiles)
            throws SQLException {
        int found = 0;
        try (var statement = connection.prepareStatement("""
            SELECT count(DISTINCT p.user_id) FROM unnest(?) AS t (u)
            JOIN rc_profile p ON p.topic = ? AND p.user_id = t.u AND p.partition <> ?
            """)) {
            for (List<StoredProfile> chunk : chunks(profiles)) {
                statement.setArray(1, connection.createArrayOf("text", userIds(chunk)));
                statement.setString(2, source.topic());
                statement.setInt(3, source.partition());
                try (var row = statement.executeQuery()) {
                    row.next();
                    found += row.getInt(1);
                }
            }
        }
        return found;
    }

    static List<StoredProfile> read(Connection connection, LogPartition source, Collection<String> userIds)
            throws SQLException {
        var profiles = new ArrayList<StoredProfile>(userIds.size());
        try (var statement = connection.prepareStatement("SELECT user_id, last_offset, content FROM rc_profile"
                + " WHERE topic = ? AND partition = ? AND user_id = ANY (?)")) {
            statement.setString(1, source.topic());
            statement.setInt(2, source.partition());
            statement.setArray(3, connection.createArrayOf("text", userIds.toArray()));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    profiles.add(new StoredProfile(row.getString(1), row.getLong(2), row.getBytes(3)));
                }
            }
        }
        return profiles;
    }

    private static List<List<StoredProfile>> chunks(List<StoredProfile> profiles) {
        var chunks = new ArrayList<List<StoredProfile>>();
        for (int from = 0; from < profiles.size(); from += ROWS_PER_STATEMENT) {
            chunks.add(profiles.subList(from, Math.min(from + ROWS_PER_STATEMENT, profiles.size())));
        }
        return chunks;
    }

    private static Object[] userIds(List<StoredProfile> chunk) {
        return chunk.stream().map(StoredProfile::userId).toArray();
    }

    private static Object[] offsets(List<StoredProfile> chunk) {
        return chunk.stream().map(StoredProfile::lastOffset).toArray(Long[]::new);
    }

    private static Object[] contents(List<StoredProfile> chunk) {
        return chunk.stream().map(StoredProfile::content).toArray(byte[][]::new);
    }
}
