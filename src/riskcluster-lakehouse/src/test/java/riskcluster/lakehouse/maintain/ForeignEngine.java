package riskcluster.lakehouse.maintain;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.catalog.CatalogRows;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.read.PinnedBatch;

/** Another engine that commits to the tables by the catalog's row, without asking the committer. */
final class ForeignEngine {

    private ForeignEngine() {}

    static void setProperty(TestLake lake, TableDefinition table) {
        commit(lake, table, staged -> {
            TableMetadata base = staged.current();
            staged.commit(
                    base,
                    TableMetadata.buildFrom(base)
                            .setProperties(Map.of("foreign", "yes"))
                            .build());
        });
    }

    static void deleteAFile(TestLake lake, TableDefinition table) {
        var file = PinnedBatch.newest(lake.database, lake.catalog)
                .table(table)
                .files()
                .getFirst();
        commit(
                lake,
                table,
                staged -> new BaseTable(staged, table.qualifiedName(), report -> {})
                        .newDelete()
                        .deleteFile(file)
                        .commit());
    }

    /** A snapshot more, with the same rows. */
    static void rewriteManifests(TestLake lake, TableDefinition table) {
        commit(
                lake,
                table,
                staged -> new BaseTable(staged, table.qualifiedName(), report -> {})
                        .rewriteManifests()
                        .rewriteIf(manifest -> true)
                        .commit());
    }

    static void tag(TestLake lake, TableDefinition table, String name, long snapshot) {
        commit(lake, table, staged -> {
            TableMetadata base = staged.current();
            staged.commit(
                    base,
                    TableMetadata.buildFrom(base)
                            .setRef(name, SnapshotRef.tagBuilder(snapshot).build())
                            .build());
        });
    }

    private static void commit(TestLake lake, TableDefinition table, Consumer<StagedTable> update) {
        TableMetadata base = lake.catalog.load(table);
        var staged = new StagedTable(lake.catalog.warehouse().io(), "foreign-e0", base);
        update.accept(staged);
        String next = staged.write().metadataFileLocation();
        boolean moved = new Transactions(lake.database)
                .run(
                        "move by a foreign engine",
                        connection -> CatalogRows.move(connection, table, base.metadataFileLocation(), next));
        if (!moved) {
            throw new IllegalStateException("the pointer stands elsewhere");
        }
    }
}
