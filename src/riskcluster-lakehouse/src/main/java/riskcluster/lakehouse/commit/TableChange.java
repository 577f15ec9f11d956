package riskcluster.lakehouse.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.CatalogRows;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;

/**
 * One table's step from a metadata file to the next, written but not yet pointed to.
 *
 * @param from the metadata file that the pointer must stand at
 * @param version what the table is after the step
 * @param written the files that the step made: manifests, manifest list, metadata
 * @param dropped what nothing refers to once the step is taken, beside old metadata files
 * @param droppedMetadata metadata files that the new one no longer lists among its predecessors
 * @param growth what the step adds
 */
public record TableChange(
        TableDefinition table,
        String from,
        TableVersion version,
        List<String> written,
        List<String> dropped,
        List<String> droppedMetadata,
        TableGrowth growth) {

    /** A step whose growth nobody asks about. */
    public TableChange(
            TableDefinition table,
            String from,
            TableVersion version,
            List<String> written,
            List<String> dropped,
            List<String> droppedMetadata) {
        this(table, from, version, written, dropped, droppedMetadata, TableGrowth.NONE);
    }

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

    /**
     * Takes the step; false where the pointer stands elsewhere than at {@link #from}. A table that stays as it is must
     * stand where the batch row will say it stands.
     */
    public boolean moves(Connection connection) throws SQLException {
        return isChange()
                ? CatalogRows.move(connection, table, from, to())
                : CatalogRows.pointer(connection, table).equals(Optional.of(from));
    }

    /** The metadata file that the pointer moves to. */
    public String to() {
        return version.metadata();
    }
}
