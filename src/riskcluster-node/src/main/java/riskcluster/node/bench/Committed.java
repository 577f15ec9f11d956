package riskcluster.node.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import riskcluster.node.NodeConfig;

/**
 * A batch that was committed.
 *
 * @param micros when, by Postgres' clock, microseconds since 1970
 * @param next by partition, the offset that the tables reach with it
 */
record Committed(long micros, long records, Map<Integer, Long> next) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All batches, in their order. */
    static List<Committed> all(NodeConfig config) {
        var batches = new ArrayList<Committed>();
        try (var connection = DriverManager.getConnection(config.jdbcUrl());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT committed_at, records, offsets FROM rc_batch ORDER BY id")) {
            while (row.next()) {
                var at = row.getObject(1, OffsetDateTime.class).toInstant();
                batches.add(new Committed(
                        ChronoUnit.MICROS.between(Instant.EPOCH, at),
                        row.getLong(2),
                        next(row.getString(3), config.topics().input())));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Postgres did not tell its batches", e);
        }
        return batches;
    }

    private static Map<Integer, Long> next(String offsets, String topic) {
        var next = new HashMap<Integer, Long>();
        try {
            JSON.readTree(offsets)
                    .path(topic)
                    .properties()
                    .forEach(each -> next.put(
                            Integer.parseInt(each.getKey()), each.getValue().asLong()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the offsets of a batch cannot be read: " + offsets, e);
        }
        return next;
    }
}
