package riskcluster.lakehouse.quality;

import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import riskcluster.lakehouse.catalog.StagedTable;

/** The tag that marks what a table is after a batch that breaks a rule. */
public final class QualityTag {

    /** A tag begins with this and ends with the batch's id. */
    public static final String PREFIX = "quality-failed-batch-";

    /** A tag keeps its snapshot and all files of it, so the oldest give way. */
    private static final int TAGS_MAX = 10;

    private QualityTag() {}

    /** Names the staged table's newest snapshot. */
    public static void put(StagedTable staged, long batch) {
        TableMetadata metadata = staged.current();
        Snapshot snapshot = metadata.currentSnapshot();
        if (snapshot == null) {
            return;
        }
        var builder = TableMetadata.buildFrom(metadata);
        List<String> older = metadata.refs().keySet().stream()
                .filter(name -> name.startsWith(PREFIX))
                .sorted(Comparator.comparingLong(QualityTag::batch))
                .toList();
        older.subList(0, Math.max(0, older.size() + 1 - TAGS_MAX)).forEach(builder::removeRef);
        builder.setRef(
                PREFIX + batch, SnapshotRef.tagBuilder(snapshot.snapshotId()).build());
        staged.commit(metadata, builder.build());
    }

    private static long batch(String tag) {
        try {
            return Long.parseLong(tag.substring(PREFIX.length()));
        } catch (NumberFormatException foreign) {
            return Long.MAX_VALUE; // somebody else's name that looks like ours stays
        }
    }
}
