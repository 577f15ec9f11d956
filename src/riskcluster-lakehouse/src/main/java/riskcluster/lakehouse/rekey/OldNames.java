package riskcluster.lakehouse.rekey;

import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.erase.CurrentFiles;

/** Counts the files of a table, as it is now, that name customers by other keys than the newest. */
public final class OldNames {

    private OldNames() {}

    /** How many files of a table with the column {@code customer_key} would be written anew. */
    public static int count(LakeCatalog catalog, TableDefinition table, int version) {
        FileIO io = catalog.warehouse().io();
        TableMetadata metadata = catalog.load(table);
        Schema column = metadata.schema().select("customer_key");
        String newest = "k" + version + ":";
        int files = 0;
        for (String path : CurrentFiles.of(metadata, io)) {
            var old = new boolean[1];
            CurrentFiles.read(
                    io,
                    path,
                    column,
                    Expressions.notStartsWith("customer_key", newest),
                    row -> old[0] |= !String.valueOf(row.get(0)).startsWith(newest));
            files += old[0] ? 1 : 0;
        }
        return files;
    }
}
