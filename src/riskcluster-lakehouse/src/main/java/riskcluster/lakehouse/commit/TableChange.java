package riskcluster.lakehouse.commit;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.TableMetadata;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;

/**
 * One table's step from a metadata file to the next, written but not yet pointed to.
 *
 * @param written the files that the step made: manifests, manifest list, metadata
 * @param dropped what nothing refers to once the step is taken, beside old metadata files
 */
record TableChange(
        TableDefinition table, TableMetadata base, TableMetadata next, List<String> written, List<String> dropped) {

    /** A table that the batch leaves as it is. */
    static TableChange none(TableDefinition table, TableMetadata metadata) {
        return new TableChange(table, metadata, metadata, List.of(), List.of());
    }

    boolean isChange() {
        return !from().equals(to());
    }

    String from() {
        return base.metadataFileLocation();
    }

    String to() {
        return next.metadataFileLocation();
    }

    TableVersion version() {
        var snapshot = next.currentSnapshot();
        return new TableVersion(snapshot == null ? null : snapshot.snapshotId(), to());
    }

    /** Metadata files that the new one no longer lists among its predecessors. */
    List<String> droppedMetadata() {
        Set<String> kept = next.previousFiles().stream()
                .map(TableMetadata.MetadataLogEntry::file)
                .collect(Collectors.toSet());
        return base.previousFiles().stream()
                .map(TableMetadata.MetadataLogEntry::file)
                .filter(file -> !kept.contains(file))
                .toList();
    }
}
