package riskcluster.lakehouse.erase;

import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.gold.KnownKeys;

/** The keys of a dimension's members to which facts point. Grows with the facts; what has gone since counts until the end. */
public final class PointedKeys {

    private final LakeCatalog catalog;
    private final String column;
    private final KnownKeys keys = new KnownKeys();
    private final Set<String> looked = new HashSet<>();

    /** None yet. */
    public PointedKeys(LakeCatalog catalog, TableDefinition dimension) {
        this.catalog = catalog;
        this.column = key(dimension);
    }

    /** The column that facts and the dimension have in common. */
    static String key(TableDefinition dimension) {
        return dimension.columns().getFirst().name();
    }

    /** Looks at the facts that have come since the last look. */
    public PointedKeys look() {
        FileIO io = catalog.warehouse().io();
        TableMetadata facts = catalog.load(Tables.GOLD_FACT_TRANSACTION);
        Schema one = facts.schema().select(column);
        for (String path : CurrentFiles.of(facts, io)) {
            if (!looked.contains(path)) {
                CurrentFiles.read(
                        io,
                        path,
                        one,
                        Expressions.alwaysTrue(),
                        row -> keys.add(((Number) row.getField(column)).longValue()));
                looked.add(path);
            }
        }
        return this;
    }

    /** Whether a fact that was looked at points to it. */
    public boolean has(long key) {
        return keys.has(key);
    }
}
