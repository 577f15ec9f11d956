package riskcluster.lakehouse.catalog;

import java.util.List;
import javax.sql.DataSource;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.metrics.MetricsReporter;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.ledger.LedgerSchema;
import riskcluster.lakehouse.ledger.Transactions;

/** The tables that exist: their pointers in Postgres, their metadata in the warehouse. */
public final class LakeCatalog {

    private final Transactions transactions;
    private final Warehouse warehouse;
    private final MetricsReporter reports;

    /** A catalog over connections of {@link riskcluster.lakehouse.ledger.LedgerPool}. */
    public LakeCatalog(DataSource database, Warehouse warehouse) {
        this(database, warehouse, CommitMeter.NONE);
    }

    /** @param meter hears of each search for the data files of a table */
    public LakeCatalog(DataSource database, Warehouse warehouse, CommitMeter meter) {
        this.transactions = new Transactions(database);
        this.warehouse = warehouse;
        this.reports = new ScanReports(meter);
    }

    /** Where Iceberg reports its searches to. */
    public MetricsReporter reports() {
        return reports;
    }

    public Warehouse warehouse() {
        return warehouse;
    }

    /**
     * Creates the tables that are missing, all in one transaction, and refuses tables whose columns are not the
     * definition's. May be called by many nodes at the same time.
     */
    public void createMissing(List<TableDefinition> tables) {
        transactions.run("create the catalog", connection -> {
            LedgerSchema.lock(connection);
            CatalogRows.createSchema(connection);
            return true;
        });
        List<NewTable> created = missing(tables).stream().map(this::write).toList();
        transactions.run("create tables", connection -> {
            LedgerSchema.lock(connection);
            for (NewTable table : created) {
                CatalogRows.addNamespace(connection, table.definition().namespace());
                CatalogRows.add(connection, table.definition(), table.metadataLocation());
            }
            return true;
        });
        tables.forEach(table -> check(table, load(table)));
    }

    /** The table's newest metadata. */
    public TableMetadata load(TableDefinition table) {
        String location = transactions
                .atOneMoment("find " + table.qualifiedName(), connection -> CatalogRows.pointer(connection, table))
                .orElseThrow(() -> new IllegalStateException("table " + table.qualifiedName() + " does not exist"));
        return read(location);
    }

    /** The metadata in this file. */
    public TableMetadata read(String metadataLocation) {
        return TableMetadataParser.read(warehouse.io(), metadataLocation);
    }

    private List<TableDefinition> missing(List<TableDefinition> tables) {
        var there = transactions.atOneMoment("find tables", connection -> CatalogRows.pointers(connection, tables));
        return tables.stream()
                .filter(table -> !there.containsKey(table.qualifiedName()))
                .toList();
    }

    /** Two nodes may both come here; the file of the one that loses is named by nobody and goes with the sweep. */
    private NewTable write(TableDefinition table) {
        String location = warehouse.locationOf(table);
        String file = location + "/metadata/" + MetadataName.next(0, MetadataName.CREATION + "-e0");
        TableMetadataParser.write(
                IcebergTables.firstMetadata(table, location), warehouse.io().newOutputFile(file));
        return new NewTable(table, file);
    }

    private static void check(TableDefinition table, TableMetadata metadata) {
        var known = TableEvolution.asItIs(TableEvolution.asItWas(table, metadata), metadata);
        if (!IcebergTables.sameColumns(
                metadata.schema().asStruct(), IcebergTables.schema(known).asStruct())) {
            throw new IllegalStateException("table " + table.qualifiedName() + " has other columns than this program"
                    + " knows: " + metadata.schema() + "; expected: " + IcebergTables.schema(table));
        }
    }

    private record NewTable(TableDefinition definition, String metadataLocation) {}
}
