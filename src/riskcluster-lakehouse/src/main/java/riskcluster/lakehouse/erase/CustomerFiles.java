package riskcluster.lakehouse.erase;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.table.PersonalTable;
import riskcluster.lakehouse.catalog.LakeCatalog;

/** Counts the files of a table, as it is now, that hold a customer: what an erasure would write anew. */
public final class CustomerFiles {

    private CustomerFiles() {}

    /** How many files of the table hold rows of his. Reads the columns that name customers. */
    public static int count(LakeCatalog catalog, PersonalTable table, Subject subject) {
        FileIO io = catalog.warehouse().io();
        TableMetadata metadata = catalog.load(table.table());
        var rows = new FileAnew(new ErasedRows(table, subject), () -> {
            throw new IllegalStateException("nothing is written");
        });
        return (int) CurrentFiles.of(metadata, io).stream()
                .filter(path -> rows.concerns(metadata, io, path))
                .count();
    }
}
