package riskcluster.lakehouse.maintain;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;

/**
 * Finds what no kept batch shows of a table. It goes by batch and not by a snapshot's age: what was current in a kept
 * batch stays, however old it is.
 */
final class Expiry {

    private final LakeCatalog catalog;
    private final MaintenanceLedger ledger;

    Expiry(LakeCatalog catalog, MaintenanceLedger ledger) {
        this.catalog = catalog;
        this.ledger = ledger;
    }

    /**
     * The removal of the table's snapshots that no batch shows which is kept, or which is not forgotten yet and can be
     * pinned until then; empty where there is none.
     */
    Optional<SnapshotRemoval> removal(Preparation preparation, TableDefinition table, KeptBatches kept) {
        return removal(preparation, table, kept, false);
    }

    /** The same for an erasure: tags and branches of other engines go too, with all that only they show. */
    Optional<SnapshotRemoval> erasure(Preparation preparation, TableDefinition table, KeptBatches kept) {
        return removal(preparation, table, kept, true);
    }

    private Optional<SnapshotRemoval> removal(
            Preparation preparation, TableDefinition table, KeptBatches kept, boolean evenForeign) {
        var shown = ledger.shown(table, kept.all());
        TableMetadata metadata = catalog.read(shown.pointer());
        Snapshot current = metadata.currentSnapshot();
        if (current == null) {
            return Optional.empty();
        }
        Map<Long, Long> snapshots = snapshots(table, shown.batches());
        Set<Long> needed = new HashSet<>(snapshots.values());
        needed.add(current.snapshotId());
        metadata.refs().forEach((name, ref) -> {
            if (!KeptBatches.isOurs(name) && !evenForeign) {
                needed.add(ref.snapshotId());
            }
        });
        Set<Long> removed = metadata.snapshots().stream()
                .map(Snapshot::snapshotId)
                .filter(id -> !needed.contains(id))
                .collect(Collectors.toSet());
        if (removed.isEmpty()) {
            return Optional.empty();
        }
        List<String> files =
                Unreferenced.without(removed, metadata, catalog.warehouse().io());
        return Optional.of(new SnapshotRemoval(
                preparation, current.snapshotId(), removed, tags(kept, snapshots, metadata), evenForeign, files));
    }

    /** By batch the snapshot that it shows; batches from before the table's first one are missing. */
    private static Map<Long, Long> snapshots(TableDefinition table, List<StoredBatch> batches) {
        var snapshots = new TreeMap<Long, Long>();
        for (StoredBatch batch : batches) {
            @Nullable TableVersion version = batch.tables().get(table.qualifiedName());
            if (version != null && version.snapshot() != null) {
                snapshots.put(batch.id(), version.snapshot());
            }
        }
        return snapshots;
    }

    private static Map<String, Long> tags(KeptBatches kept, Map<Long, Long> snapshots, TableMetadata metadata) {
        var tags = new TreeMap<String, Long>();
        kept.tags().forEach((name, batch) -> {
            Long snapshot = snapshots.get(batch);
            if (snapshot != null && metadata.snapshot(snapshot) != null) {
                tags.put(name, snapshot);
            }
        });
        return tags;
    }
}
