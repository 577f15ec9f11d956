package riskcluster.lakehouse.savepoint;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.commit.TableChange;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;
import riskcluster.lakehouse.maintain.Unreferenced;

/**
 * One table's way back to a snapshot that it has had. Columns stay as they are now: fields are only ever added. Whatever
 * came after the snapshot leaves the table, so that nobody who looks for the newest snapshot up to a batch finds it; its
 * files stay for the readers' grace.
 *
 * @param to the snapshot that it shows again; null where it had none
 */
record TableReturn(
        TableDefinition table, TableMetadata base, @Nullable Snapshot to) {

    /** Whether the snapshot that the table must show again is still there. */
    static boolean isPossible(TableMetadata base, @Nullable TableVersion version) {
        Long snapshot = version == null ? null : version.snapshot();
        return snapshot == null || base.snapshot(snapshot) != null;
    }

    static TableReturn of(TableDefinition table, TableMetadata base, @Nullable TableVersion version) {
        Long snapshot = version == null ? null : version.snapshot();
        return new TableReturn(table, base, snapshot == null ? null : base.snapshot(snapshot));
    }

    /** Writes the table's next metadata, in files whose names begin with {@code owner}. */
    TableChange stage(FileIO io, String owner) {
        List<Snapshot> later = base.snapshots().stream()
                .filter(each -> to == null || each.sequenceNumber() > to.sequenceNumber())
                .toList();
        if (later.isEmpty()) {
            return TableChange.none(table, new TableVersion(id(), base.metadataFileLocation()));
        }
        Set<Long> ids = later.stream().map(Snapshot::snapshotId).collect(Collectors.toSet());
        List<String> files = Unreferenced.without(ids, base, io);
        var staged = new StagedTable(io, owner, base);
        staged.commit(base, without(later));
        TableMetadata next = staged.write();
        return TableChange.between(table, base, next, List.of(next.metadataFileLocation()), files);
    }

    private TableMetadata without(List<Snapshot> later) {
        var builder = TableMetadata.buildFrom(base);
        if (to == null) {
            builder.removeRef(SnapshotRef.MAIN_BRANCH);
        } else {
            builder.setBranchSnapshot(to.snapshotId(), SnapshotRef.MAIN_BRANCH);
        }
        return builder.removeSnapshots(later).build();
    }

    private @Nullable Long id() {
        return to == null ? null : to.snapshotId();
    }
}
