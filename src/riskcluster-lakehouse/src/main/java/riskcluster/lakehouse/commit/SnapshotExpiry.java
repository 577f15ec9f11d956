package riskcluster.lakehouse.commit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.ledger.StoredBatch;

/**
 * Drops snapshots that no kept batch shows. It goes by batch, not by a snapshot's age: what was current in a kept batch
 * stays, in every table, however old it is.
 *
 * <p>The tables are only appended to, so no data file is ever dropped with a snapshot; what goes are manifest lists, and
 * manifests that were merged away.
 */
final class SnapshotExpiry {

    /** Drops nothing. */
    static final SnapshotExpiry NONE = new SnapshotExpiry(Optional.empty());

    private final Optional<StoredBatch> oldestKept;

    private SnapshotExpiry(Optional<StoredBatch> oldestKept) {
        this.oldestKept = oldestKept;
    }

    /** Drops what only batches before this one show. */
    static SnapshotExpiry before(StoredBatch oldestKept) {
        return new SnapshotExpiry(Optional.of(oldestKept));
    }

    /** The first batch that can still be pinned after this; empty where nothing is dropped. */
    Optional<Long> firstKept() {
        return oldestKept.map(StoredBatch::id);
    }

    /** Takes the snapshots out of the staged table; returns the files that nothing refers to once it is committed. */
    List<String> apply(TableDefinition table, StagedTable staged) {
        var version = oldestKept
                .map(StoredBatch::tables)
                .map(Map::entrySet)
                .flatMap(entries -> entries.stream()
                        .filter(entry -> entry.getKey().equals(table.qualifiedName()))
                        .findFirst());
        if (version.isEmpty()) {
            return List.of();
        }
        Long oldestSnapshot = version.get().getValue().snapshot();
        TableMetadata metadata = staged.current();
        Snapshot oldest = oldestSnapshot == null ? null : metadata.snapshot(oldestSnapshot);
        if (oldest == null) {
            return List.of();
        }
        List<Snapshot> dropped = droppable(metadata, oldest);
        if (dropped.isEmpty()) {
            return List.of();
        }
        List<String> files = unreferenced(metadata, dropped, oldest, staged.io());
        staged.commit(
                metadata,
                TableMetadata.buildFrom(metadata).removeSnapshots(dropped).build());
        return files;
    }

    /** Those before the oldest that is kept, save what a branch or tag of somebody else names. */
    private static List<Snapshot> droppable(TableMetadata metadata, Snapshot oldest) {
        Set<Long> named = named(metadata);
        return metadata.snapshots().stream()
                .filter(snapshot -> snapshot.sequenceNumber() < oldest.sequenceNumber())
                .filter(snapshot -> !named.contains(snapshot.snapshotId()))
                .toList();
    }

    private static Set<Long> named(TableMetadata metadata) {
        Set<Long> named = new HashSet<>();
        metadata.refs().values().stream().map(SnapshotRef::snapshotId).forEach(named::add);
        return named;
    }

    /** A manifest that the oldest kept snapshot lacks was merged away before it, so no later one has it. */
    private static List<String> unreferenced(
            TableMetadata metadata, List<Snapshot> dropped, Snapshot oldest, FileIO io) {
        Set<String> kept = new HashSet<>();
        oldest.allManifests(io).stream().map(ManifestFile::path).forEach(kept::add);
        named(metadata).stream()
                .flatMap(id -> metadata.snapshot(id).allManifests(io).stream())
                .map(ManifestFile::path)
                .forEach(kept::add);
        var files = new ArrayList<String>();
        Set<String> manifests = new HashSet<>();
        for (Snapshot snapshot : dropped) {
            files.add(snapshot.manifestListLocation());
            snapshot.allManifests(io).stream()
                    .map(ManifestFile::path)
                    .filter(path -> !kept.contains(path))
                    .forEach(manifests::add);
        }
        files.addAll(manifests);
        return files;
    }
}
