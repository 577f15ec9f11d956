package riskcluster.lakehouse.commit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import riskcluster.contracts.log.LogPartition;

/**
 * What one batch made visible, and how long it took.
 *
 * @param committedAt Postgres' clock
 * @param records input records
 * @param checkpoints how many checkpoints became part of it
 * @param rows rows added, by qualified table name; tables without new rows are missing
 * @param files data files added, likewise
 * @param advanced next offset of the partitions that moved
 * @param oldestSealedAt when the checkpoint that waited longest was sealed, Postgres' clock
 * @param staging time to write manifests and metadata
 * @param transaction time of the Postgres transaction
 * @param leftOut decisions that came too late for some window of gold they lie in
 * @param growth of each table that the batch changed, by its qualified name
 */
public record BatchSummary(
        long id,
        Instant committedAt,
        long records,
        int checkpoints,
        Map<String, Long> rows,
        Map<String, Integer> files,
        Map<LogPartition, Long> advanced,
        Instant oldestSealedAt,
        Duration staging,
        Duration transaction,
        long leftOut,
        Map<String, TableGrowth> growth) {

    public BatchSummary {
        rows = Map.copyOf(rows);
        files = Map.copyOf(files);
        advanced = Map.copyOf(advanced);
        growth = Map.copyOf(growth);
    }
}
