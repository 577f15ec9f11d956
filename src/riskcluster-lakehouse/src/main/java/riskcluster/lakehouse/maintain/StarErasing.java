package riskcluster.lakehouse.maintain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.erase.FileAnew;
import riskcluster.lakehouse.erase.IdleMembers;
import riskcluster.lakehouse.erase.PointedKeys;

/** Takes members out of the dimensions that customers share, once the facts of who was erased are gone. */
final class StarErasing {

    private final LakeCatalog catalog;
    private final Tenure tenure;
    private final Supplier<String> names;
    private final Map<TableDefinition, PointedKeys> pointed = new HashMap<>();

    StarErasing(LakeCatalog catalog, Tenure tenure, Supplier<String> names) {
        this.catalog = catalog;
        this.tenure = tenure;
        this.names = names;
    }

    /** Facts go with the next erasure, so what pointed to members before it does not count. */
    void forget() {
        pointed.clear();
    }

    /** The files of the first dimension that has members to which no fact points; empty where none has. */
    Optional<MemberErasure> due() {
        for (TableDefinition dimension : Tables.SHARED_DIMENSIONS) {
            Optional<MemberErasure> due = due(dimension);
            if (due.isPresent()) {
                return due;
            }
        }
        return Optional.empty();
    }

    private Optional<MemberErasure> due(TableDefinition dimension) {
        FileIO io = catalog.warehouse().io();
        var preparation = tenure.prepare(dimension);
        // loaded before the facts: who comes with a batch in between comes with his facts
        TableMetadata metadata = catalog.load(dimension);
        var keys = pointed.computeIfAbsent(dimension, table -> new PointedKeys(catalog, table));
        var members = new IdleMembers(dimension, keys.look());
        return FileErasure.of(
                        FileErasure.KIND,
                        preparation,
                        metadata,
                        io,
                        new FileAnew(members, names),
                        true,
                        new HashSet<>())
                .map(files -> new MemberErasure(files, members));
    }
}
