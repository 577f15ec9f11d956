package riskcluster.lakehouse.commit;

import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.jspecify.annotations.Nullable;

/**
 * What a step adds to a table, and what the table holds after it, as the summary of its snapshot tells.
 *
 * @param addedFiles data files
 * @param addedBytes of those
 * @param files data files of the table after the step
 * @param bytes of those
 */
public record TableGrowth(long addedFiles, long addedBytes, long files, long bytes) {

    /** Of a step that nobody asks about. */
    static final TableGrowth NONE = new TableGrowth(0, 0, 0, 0);

    static TableGrowth of(@Nullable Snapshot snapshot) {
        return snapshot == null ? NONE : of(snapshot.summary());
    }

    private static TableGrowth of(Map<String, String> summary) {
        return new TableGrowth(
                number(summary, SnapshotSummary.ADDED_FILES_PROP),
                number(summary, SnapshotSummary.ADDED_FILE_SIZE_PROP),
                number(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP),
                number(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP));
    }

    private static long number(Map<String, String> summary, String name) {
        return Long.parseLong(summary.getOrDefault(name, "0"));
    }
}
