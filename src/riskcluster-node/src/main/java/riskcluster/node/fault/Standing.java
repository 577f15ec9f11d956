package riskcluster.node.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import riskcluster.node.NodeConfig;

/**
 * Where a cluster stands, seen from outside: cursors in Postgres and Kafka against the end of the input.
 *
 * @param waiting checkpoints that no batch has made visible yet
 */
public record Standing(List<PartitionStanding> partitions, long waiting) {

    /** @param alert -1 where no alert cursor was ever committed */
    public record PartitionStanding(int partition, long end, long alert, long data, long profile) {
        boolean isThrough() {
            return alert >= end && data >= end;
        }
    }

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final long ANSWER_SECONDS_MAX = 30;

    /** Everything that is in the input is published, sealed and committed. */
    public boolean isThrough() {
        return waiting == 0 && partitions.stream().allMatch(PartitionStanding::isThrough);
    }

    /**
     * Looks again and again until the cluster is through with its input.
     *
     * @param most how long it may stand without coming any further
     */
    public static Standing await(NodeConfig config, Duration most) throws InterruptedException {
        return await(config, most, LOOK_EVERY, Standing::isThrough);
    }

    /** The same for who measures: looks cost processor time too. */
    public static Standing await(NodeConfig config, Duration most, Duration lookEvery) throws InterruptedException {
        return await(config, most, lookEvery, Standing::isThrough);
    }

    /** Looks again and again until this many offsets are sealed. */
    static Standing awaitSealed(NodeConfig config, long offsets, Duration most) throws InterruptedException {
        return await(config, most, LOOK_EVERY, standing -> standing.sealed() >= offsets);
    }

    /** Looks again and again until the cluster is through with its input, and every profile is saved. */
    public static Standing awaitSaved(NodeConfig config, Duration most) throws InterruptedException {
        return await(
                config,
                most,
                LOOK_EVERY,
                standing -> standing.isThrough()
                        && standing.partitions.stream().allMatch(each -> each.profile() >= each.end()));
    }

    /** What grows as long as the cluster comes further. */
    private long done() {
        return partitions.stream()
                        .mapToLong(each -> each.alert() + each.data() + each.profile())
                        .sum()
                - waiting;
    }

    private long sealed() {
        return partitions.stream().mapToLong(PartitionStanding::data).sum();
    }

    private static Standing await(NodeConfig config, Duration most, Duration lookEvery, Predicate<Standing> wanted)
            throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        long best = Long.MIN_VALUE;
        try (var admin = Admin.create(Map.of("bootstrap.servers", config.kafkaBootstrap()));
                var connection = DriverManager.getConnection(config.jdbcUrl())) {
            while (true) {
                var standing = of(config, admin, connection);
                if (wanted.test(standing)) {
                    return standing;
                }
                if (standing.done() > best) {
                    best = standing.done();
                    until = System.nanoTime() + most.toNanos();
                } else if (System.nanoTime() > until) {
                    throw new IllegalStateException(
                            "no further for " + most.toSeconds() + " s, it stands at " + standing);
                }
                LockSupport.parkNanos(lookEvery.toNanos());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Postgres did not tell where " + config.cluster() + " stands", e);
        }
    }

    private static Standing of(NodeConfig config, Admin admin, Connection connection)
            throws InterruptedException, SQLException {
        var ends = ends(config, admin);
        var alerts = alerts(config, admin);
        if (!isMigrated(connection)) {
            return new Standing(List.of(), -1);
        }
        var data = positions(connection, config, "rc_data_cursor");
        var profiles = positions(connection, config, "rc_profile_cursor");
        var partitions = new ArrayList<PartitionStanding>();
        for (int p = 0; p < config.partitions(); p++) {
            partitions.add(new PartitionStanding(
                    p,
                    ends.getOrDefault(p, 0L),
                    alerts.getOrDefault(p, -1L),
                    data.getOrDefault(p, -1L),
                    profiles.getOrDefault(p, -1L)));
        }
        return new Standing(partitions, waiting(connection));
    }

    private static boolean isMigrated(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT to_regclass('rc_checkpoint') IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static long waiting(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM rc_checkpoint WHERE batch_id IS NULL")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Map<Integer, Long> positions(Connection connection, NodeConfig config, String table)
            throws SQLException {
        var positions = new HashMap<Integer, Long>();
        try (var statement =
                connection.prepareStatement("SELECT partition, position FROM " + table + " WHERE topic = ?")) {
            statement.setString(1, config.topics().input());
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    positions.put(row.getInt(1), row.getLong(2));
                }
            }
        }
        return positions;
    }

    private static Map<Integer, Long> ends(NodeConfig config, Admin admin) throws InterruptedException {
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        for (int p = 0; p < config.partitions(); p++) {
            wanted.put(new TopicPartition(config.topics().input(), p), OffsetSpec.latest());
        }
        var ends = new HashMap<Integer, Long>();
        answer(admin.listOffsets(wanted).all()).forEach((place, end) -> ends.put(place.partition(), end.offset()));
        return ends;
    }

    private static Map<Integer, Long> alerts(NodeConfig config, Admin admin) throws InterruptedException {
        var group = "riskcluster." + config.cluster() + "." + config.topics().input();
        var committed = answer(admin.listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
                .partitionsToOffsetAndMetadata(group));
        var alerts = new HashMap<Integer, Long>();
        committed.forEach((place, offset) -> {
            if (offset != null) {
                alerts.put(place.partition(), offset.offset());
            }
        });
        return alerts;
    }

    private static <T> T answer(org.apache.kafka.common.KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not answer", e);
        }
    }

    @Override
    public String toString() {
        var text = new StringBuilder(waiting + " checkpoints waiting");
        partitions.forEach(each -> text.append("; ").append(each));
        return text.toString();
    }
}
