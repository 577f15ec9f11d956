package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogPartition;

/** The checkpoints: sealed by partitions, made visible by the committer. */
public final class CheckpointTable {

    private CheckpointTable() {}

    static void add(Connection connection, Ownership owner, Checkpoint checkpoint) throws SQLException {
        try (var statement = connection.prepareStatement("""
            INSERT INTO rc_checkpoint (topic, partition, from_offset, to_offset, alert_noted, watermark_micros,
                records, files, partials, epoch, tombstones)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
            statement.setString(1, checkpoint.source().topic());
            statement.setInt(2, checkpoint.source().partition());
            statement.setLong(3, checkpoint.from());
            statement.setLong(4, checkpoint.to());
            statement.setLong(5, checkpoint.alertCursor());
            statement.setLong(6, checkpoint.watermarkMicros());
            statement.setLong(7, checkpoint.records());
            statement.setString(8, FileList.write(checkpoint.files()));
            statement.setBytes(9, checkpoint.partials());
            statement.setLong(10, owner.epoch());
            statement.setLong(11, checkpoint.tombstones());
            statement.executeUpdate();
        }
    }

    /**
     * The checkpoints that wait, those sealed first first. A partition's seals exclude each other, so that its
     * checkpoints come in the order of their offsets and none is left out.
     *
     * @param partialBytesMax no more come once those before have so many bytes of partials; the first always comes
     */
    public static List<SealedCheckpoint> waiting(Connection connection, int max, long partialBytesMax)
            throws SQLException {
        var waiting = new ArrayList<SealedCheckpoint>();
        try (var statement = connection.prepareStatement("""
            SELECT id, topic, partition, from_offset, to_offset, records, sealed_at, files, partials, tombstones FROM (
                SELECT *, sum(coalesce(octet_length(partials), 0)) OVER (ORDER BY id)
                    - coalesce(octet_length(partials), 0) AS bytes_before
                FROM (SELECT * FROM rc_checkpoint WHERE batch_id IS NULL ORDER BY id LIMIT ?) first) counted
            WHERE bytes_before < ? ORDER BY id
            """)) {
            statement.setInt(1, max);
            statement.setLong(2, partialBytesMax);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    waiting.add(new SealedCheckpoint(
                            row.getLong(1),
                            new LogPartition(row.getString(2), row.getInt(3)),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getLong(10),
                            row.getObject(7, OffsetDateTime.class).toInstant(),
                            FileList.read(row.getString(8)),
                            partials(row.getBytes(9))));
                }
            }
        }
        return waiting;
    }

    /** The files of every checkpoint that waits. */
    public static List<StagedFile> waitingFiles(Connection connection) throws SQLException {
        var files = new ArrayList<StagedFile>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT files FROM rc_checkpoint WHERE batch_id IS NULL")) {
            while (row.next()) {
                files.addAll(FileList.read(row.getString(1)));
            }
        }
        return files;
    }

    private static byte[] partials(byte @Nullable [] column) {
        return column == null ? new byte[0] : column;
    }

    /** Marks each as part of the batch; returns how many were still waiting. */
    public static int mark(Connection connection, List<SealedCheckpoint> checkpoints, long batch) throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE rc_checkpoint SET batch_id = ?, files = NULL, partials = NULL WHERE id = ANY (?) AND batch_id"
                        + " IS NULL")) {
            statement.setLong(1, batch);
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint",
                            checkpoints.stream().map(SealedCheckpoint::id).toArray(Long[]::new)));
            return statement.executeUpdate();
        }
    }

    /**
     * How a checkpoint became visible, Postgres' clock.
     *
     * @param to offset after its last record
     */
    public record Visible(long to, Instant sealedAt, long batch, Instant committedAt) {}

    /** The visible checkpoint with the record at {@code offset}; empty while it waits, and once it is forgotten. */
    public static Optional<Visible> visible(Connection connection, LogPartition source, long offset)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
            SELECT c.to_offset, c.sealed_at, b.id, b.committed_at
            FROM rc_checkpoint c JOIN rc_batch b ON b.id = c.batch_id
            WHERE c.topic = ? AND c.partition = ? AND c.from_offset = (
                SELECT max(from_offset) FROM rc_checkpoint WHERE topic = ? AND partition = ? AND from_offset <= ?)
                AND c.to_offset > ?
            """)) {
            statement.setString(1, source.topic());
            statement.setInt(2, source.partition());
            statement.setString(3, source.topic());
            statement.setInt(4, source.partition());
            statement.setLong(5, offset);
            statement.setLong(6, offset);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Visible(
                                row.getLong(1),
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                row.getLong(3),
                                row.getObject(4, OffsetDateTime.class).toInstant()))
                        : Optional.empty();
            }
        }
    }

    /** Forgets the checkpoints of these batches; the cursors have long passed them. */
    public static void forget(Connection connection, Collection<Long> batches) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM rc_checkpoint WHERE batch_id = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("bigint", batches.toArray(Long[]::new)));
            statement.executeUpdate();
        }
    }
}
