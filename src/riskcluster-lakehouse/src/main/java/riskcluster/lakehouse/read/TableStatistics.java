package riskcluster.lakehouse.read;

import org.jspecify.annotations.Nullable;

/**
 * A table at one batch, in numbers.
 *
 * @param table qualified name
 * @param bytes of the data files
 * @param snapshots how many snapshots the table keeps now
 * @param snapshot id of the snapshot that is shown; absent while the table has none
 * @param changedBy the batch that made that snapshot; 0 where none did
 */
public record TableStatistics(
        String table,
        long rows,
        long files,
        long bytes,
        int snapshots,
        @Nullable Long snapshot,
        long changedBy) {}
