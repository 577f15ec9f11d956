package riskcluster.lakehouse.commit;

import java.util.List;
import org.apache.iceberg.TableMetadata;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;

/**
 * One table's step from a metadata file to the next, written but not yet pointed to.
 *
 * @param from the metadata file that the pointer must stand at
 * @param version what the table is after the step
 * @param written the files that the step made: manifests, manifest list, metadata
 * @param dropped what nothing refers to once the step is taken, beside old metadata files
 * @param droppedMetadata metadata files that the new one no longer lists among its predecessors
 */
public record TableChange(
        TableDefinition table,
        String from,
        TableVersion version,
        List<String> written,
        List<String> dropped,
        List<String> droppedMetadata) {

    /** A table that the batch leaves as it is. */
    public static TableChange none(TableDefinition table, TableVersion version) {
        return new TableChange(table, version.metadata(), version, List.of(), List.of(), List.of());
    }

    /** A step that somebody else than the committer has staged. */
    public static TableChange between(
            TableDefinition table, TableMetadata base, TableMetadata next, List<String> written, List<String> dropped) {
        return new TableChange(
                table,
                base.metadataFileLocation(),
                TableStager.version(next),
                written,
                dropped,
                TableStager.droppedMetadata(base, next));
    }

    /** Whether the pointer moves. */
    public boolean isChange() {
        return !from.equals(to());
    }

    /** The metadata file that the pointer moves to. */
    public String to() {
        return version.metadata();
    }
}
