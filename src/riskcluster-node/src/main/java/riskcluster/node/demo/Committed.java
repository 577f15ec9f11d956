package riskcluster.node.demo;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.node.feed.DueTimes;

/** The committed batches of a lake, as Postgres has them. */
final class Committed {

    private final DataSource database;

    Committed(DataSource database) {
        this.database = database;
    }

    /** How many records of the topic the newest batch covers. */
    long records() {
        return newest().map(batch -> batch.offsets().byPartition().values().stream()
                        .mapToLong(offset -> offset)
                        .sum())
                .orElse(0L);
    }

    Optional<StoredBatch> newest() {
        try (var connection = database.getConnection()) {
            return BatchTable.newest(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("Postgres does not tell the newest batch", e);
        }
    }

    /** For each record, how long after it was due its batch was committed; in milliseconds. */
    Quantiles freshness(DueTimes due) {
        var ages = LongStream.builder();
        var covered = new HashMap<LogPartition, Long>();
        for (var batch : batches()) {
            var committedMillis = batch.committedAt().toEpochMilli();
            batch.offsets().byPartition().forEach((source, end) -> {
                for (var offset = covered.getOrDefault(source, 0L); offset < end; offset++) {
                    due.at(source.partition(), offset).ifPresent(millis -> ages.accept(committedMillis - millis));
                }
                covered.put(source, end);
            });
        }
        return new Quantiles(ages.build().toArray());
    }

    private List<StoredBatch> batches() {
        var last = newest().map(StoredBatch::id).orElse(0L);
        var batches = new ArrayList<StoredBatch>();
        try (var connection = database.getConnection()) {
            for (var id = 1L; id <= last; id++) {
                BatchTable.find(connection, id).ifPresent(batches::add);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Postgres does not tell its batches", e);
        }
        return batches;
    }
}
