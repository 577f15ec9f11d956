package riskcluster.lakehouse.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.CatalogRows;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;
import riskcluster.lakehouse.ledger.Transactions;

/**
 * Every table as it was at one batch: equal offsets everywhere.
 *
 * @param id of the batch; 0 for a lake without batches, whose tables are empty
 * @param offsets how far the tables reach
 */
public record PinnedBatch(long id, Offsets offsets, List<PinnedTable> tables) {

    public PinnedBatch {
        tables = List.copyOf(tables);
    }

    /** The newest batch; the empty one in a new lake. */
    public static PinnedBatch newest(DataSource database, LakeCatalog catalog) {
        Found found = new Transactions(database)
                .atOneMoment(
                        "find the newest batch",
                        connection ->
                                new Found(BatchTable.newest(connection), CatalogRows.pointers(connection, Tables.ALL)));
        return pin(found, catalog);
    }

    /** The batch with this id; empty where there is none, or none any more. */
    public static Optional<PinnedBatch> at(DataSource database, LakeCatalog catalog, long id) {
        Found found = new Transactions(database)
                .atOneMoment(
                        "find batch " + id,
                        connection -> new Found(
                                BatchTable.find(connection, id), CatalogRows.pointers(connection, Tables.ALL)));
        return found.batch().map(batch -> pin(found, catalog));
    }

    /** The table of this definition. */
    public PinnedTable table(TableDefinition definition) {
        return tables.stream()
                .filter(table -> table.definition().equals(definition))
                .findFirst()
                .orElseThrow();
    }

    /** Every table in numbers. */
    public List<TableStatistics> statistics() {
        return tables.stream().map(PinnedTable::statistics).toList();
    }

    /**
     * A batch pins snapshots, and the newest metadata has every snapshot of a kept batch; the metadata file that was
     * the newest then may be gone.
     */
    private static PinnedBatch pin(Found found, LakeCatalog catalog) {
        var tables = new ArrayList<PinnedTable>();
        Map<String, TableVersion> versions =
                found.batch().map(StoredBatch::tables).orElse(Map.of());
        for (TableDefinition definition : Tables.ALL) {
            String pointer = found.pointers().get(definition.qualifiedName());
            if (pointer == null) {
                throw new IllegalStateException("table " + definition.qualifiedName()
                        + " does not exist: a node of this program's version makes it at its start");
            }
            TableMetadata metadata = catalog.read(pointer);
            Snapshot snapshot = snapshot(metadata, versions.get(definition.qualifiedName()));
            tables.add(new PinnedTable(
                    definition, metadata, snapshot, catalog.warehouse().io(), catalog.reports()));
        }
        return new PinnedBatch(
                found.batch().map(StoredBatch::id).orElse(0L),
                found.batch().map(StoredBatch::offsets).orElse(Offsets.NONE),
                tables);
    }

    private static @Nullable Snapshot snapshot(TableMetadata metadata, @Nullable TableVersion version) {
        if (version == null || version.snapshot() == null) {
            return null;
        }
        Snapshot snapshot = metadata.snapshot(version.snapshot());
        if (snapshot == null) {
            throw new IllegalStateException("snapshot " + version.snapshot() + " of a kept batch is gone from "
                    + metadata.metadataFileLocation() + ": another engine has expired it");
        }
        return snapshot;
    }

    private record Found(Optional<StoredBatch> batch, Map<String, String> pointers) {}
}
