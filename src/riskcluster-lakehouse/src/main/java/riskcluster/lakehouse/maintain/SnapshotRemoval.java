package riskcluster.lakehouse.maintain;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.SnapshotUtil;
import riskcluster.lakehouse.catalog.StagedTable;

/**
 * Takes snapshots out of a table that no kept batch shows, and moves the tags. Prepared on {@code current}: whatever was
 * committed since stands on it, so it refers to nothing that only the removed ones had.
 *
 * @param removed ids of the snapshots that go
 * @param tags by name the snapshot that each shows
 * @param evenForeign whether tags and branches of other engines go with what they show, as for an erasure
 * @param files what nothing refers to once they are gone
 */
record SnapshotRemoval(
        Preparation preparation,
        long current,
        Set<Long> removed,
        Map<String, Long> tags,
        boolean evenForeign,
        List<String> files)
        implements PreparedRewrite {

    SnapshotRemoval {
        removed = Set.copyOf(removed);
        tags = Map.copyOf(tags);
        files = List.copyOf(files);
    }

    @Override
    public String kind() {
        return "expired snapshot";
    }

    @Override
    public List<String> apply(StagedTable staged, Map<String, String> marks) {
        TableMetadata metadata = staged.current();
        check(metadata);
        var builder = TableMetadata.buildFrom(metadata);
        metadata.refs().keySet().stream()
                .filter(name -> !tags.containsKey(name) && goes(name))
                .forEach(builder::removeRef);
        tags.forEach((name, snapshot) ->
                builder.setRef(name, SnapshotRef.tagBuilder(snapshot).build()));
        builder.removeSnapshots(metadata.snapshots().stream()
                .filter(snapshot -> removed.contains(snapshot.snapshotId()))
                .toList());
        staged.commit(metadata, builder.build());
        return files;
    }

    private boolean goes(String name) {
        return KeptBatches.isOurs(name) || evenForeign && !name.equals(SnapshotRef.MAIN_BRANCH);
    }

    /** Another engine may have rolled the table back, or tagged what is to go. */
    private void check(TableMetadata metadata) {
        Snapshot now = metadata.currentSnapshot();
        boolean follows = now != null
                && (now.snapshotId() == current
                        || SnapshotUtil.isAncestorOf(now.snapshotId(), current, metadata::snapshot));
        ValidationException.check(follows, "the table no longer stands on snapshot %s", current);
        metadata.refs()
                .forEach((name, ref) -> ValidationException.check(
                        goes(name) || !removed.contains(ref.snapshotId()),
                        "another engine names snapshot %s %s",
                        ref.snapshotId(),
                        name));
        tags.forEach((name, snapshot) -> ValidationException.check(
                metadata.snapshot(snapshot) != null, "snapshot %s of tag %s is gone", snapshot, name));
    }
}
