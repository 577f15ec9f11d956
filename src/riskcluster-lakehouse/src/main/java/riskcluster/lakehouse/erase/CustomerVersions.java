package riskcluster.lakehouse.erase;

import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.table.PersonalTable;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;

/** The keys of a customer's versions, by which facts name him. */
public final class CustomerVersions {

    private CustomerVersions() {}

    /** Those that stand in {@code gold.dim_customer} now; none where there is no star, or he is gone from it. */
    public static Set<Long> of(LakeCatalog catalog, Subject subject) {
        FileIO io = catalog.warehouse().io();
        TableMetadata metadata = catalog.load(Tables.GOLD_DIM_CUSTOMER);
        var table = PersonalTable.of(Tables.GOLD_DIM_CUSTOMER);
        Schema columns = metadata.schema().select(PersonalTable.VERSION_KEY, table.column());
        var keys = new HashSet<Long>();
        for (String path : CurrentFiles.of(metadata, io)) {
            CurrentFiles.read(io, path, columns, subject.filter(table), row -> {
                if (subject.owns(table, row)) {
                    keys.add((Long) row.getField(PersonalTable.VERSION_KEY));
                }
            });
        }
        return keys;
    }
}
