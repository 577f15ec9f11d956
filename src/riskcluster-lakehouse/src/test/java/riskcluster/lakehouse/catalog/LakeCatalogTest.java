package riskcluster.lakehouse.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.ColumnType;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.TestDatabase;

class LakeCatalogTest {

    @TempDir
    private Path folder;

    private final HikariDataSource database = TestDatabase.open();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void tablesAreCreatedOnceHoweverOftenItIsAsked() {
        var catalog = new LakeCatalog(database, Warehouse.local(folder));
        catalog.createMissing(Tables.ALL);
        TableMetadata first = catalog.load(Tables.SILVER_TRANSACTIONS);

        new LakeCatalog(database, Warehouse.local(folder)).createMissing(Tables.ALL);

        assertThat(catalog.load(Tables.SILVER_TRANSACTIONS).uuid()).isEqualTo(first.uuid());
        assertThat(catalog.load(Tables.SILVER_TRANSACTIONS).metadataFileLocation())
                .isEqualTo(first.metadataFileLocation());
    }

    @Test
    void aTableHasTheDefinitionsFieldIdsCommentsAndPartition() {
        var catalog = new LakeCatalog(database, Warehouse.local(folder));
        catalog.createMissing(Tables.ALL);

        for (TableDefinition table : Tables.ALL) {
            TableMetadata metadata = catalog.load(table);
            assertThat(metadata.schema().asStruct())
                    .isEqualTo(IcebergTables.schema(table).asStruct());
            assertThat(metadata.schema().columns())
                    .allSatisfy(field -> assertThat(field.doc()).isNotBlank());
            assertThat(metadata.spec().fields())
                    .extracting(field ->
                            field.transform() + " of " + metadata.schema().findColumnName(field.sourceId()))
                    .isEqualTo(table.partitionedByDayOf().stream()
                            .map(column -> "day of " + column)
                            .toList());
            assertThat(metadata.formatVersion()).isEqualTo(2);
            assertThat(metadata.property("comment", "")).isEqualTo(table.comment());
        }
    }

    @Test
    void icebergsOwnJdbcCatalogFindsTheTables() {
        new LakeCatalog(database, Warehouse.local(folder)).createMissing(Tables.ALL);

        try (var stock = new JdbcCatalog()) {
            stock.initialize(
                    Tables.CATALOG,
                    Map.of(
                            CatalogProperties.URI,
                            database.getJdbcUrl(),
                            CatalogProperties.WAREHOUSE_LOCATION,
                            "file://" + folder,
                            CatalogProperties.FILE_IO_IMPL,
                            LocalFileIO.class.getName(),
                            "jdbc.user",
                            "postgres",
                            "jdbc.password",
                            "postgres",
                            "jdbc.schema-version",
                            "V1"));
            assertThat(stock.listNamespaces()).contains(Namespace.of("bronze"), Namespace.of("silver"));
            var table = stock.loadTable(TableIdentifier.of("silver", "transactions"));
            assertThat(table.schema().columns()).hasSize(29);
        }
    }

    @Test
    void aTableWithOtherColumnsIsRefused() {
        var catalog = new LakeCatalog(database, Warehouse.local(folder));
        var older = new TableDefinition(
                "silver",
                "transactions",
                "an older program's table",
                List.of(new Column(1, "event_time", ColumnType.Scalar.TIMESTAMP, true, "when")),
                "event_time");
        catalog.createMissing(List.of(older));

        assertThatThrownBy(() -> catalog.createMissing(Tables.ALL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("silver.transactions has other columns");
    }

    @Test
    void aWarehouseOnAnUnknownStoreIsRefusedWithAnExample() {
        assertThatThrownBy(() -> Warehouse.at(java.net.URI.create("gs://bucket/lake")))
                .hasMessageContaining("file:///var/lib/riskcluster/warehouse or s3://bucket/warehouse");
    }
}
