package riskcluster.lakehouse.erase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.table.PersonalTable;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.NamedFiles;
import riskcluster.lakehouse.gold.KnownKeys;

/**
 * Searches the star for what an erased customer left: his keys cannot be made from his id once his versions are gone, but
 * then they are keys without a row. So a fact of a version that {@code gold.dim_customer} does not have, or has of him, is
 * his, and a member to which no fact of others points was his alone.
 */
public final class StarSearch {

    private final LakeCatalog catalog;
    private final Subject subject;
    private final FileIO io;
    private final Map<TableDefinition, Standing> known = new HashMap<>();

    /** The column with the key, and the keys that something stands for. */
    private record Standing(Schema column, LongPredicate keys) {}

    public StarSearch(LakeCatalog catalog, Subject subject) {
        this.catalog = catalog;
        this.subject = subject;
        this.io = catalog.warehouse().io();
    }

    /** What any snapshot of the star's tables still shows of him. */
    List<ErasureProof.Found> search() {
        var found = new ArrayList<ErasureProof.Found>();
        for (TableDefinition table : Tables.STAR) {
            // loaded before what it is held against, which may only have more by then
            Set<String> files = NamedFiles.of(catalog.load(table), io);
            known.remove(table);
            files.stream()
                    .filter(path -> isLeft(table, path))
                    .forEach(path -> found.add(new ErasureProof.Found(
                            table.qualifiedName(), path, true, "a key that nothing stands for any more")));
        }
        return found;
    }

    /**
     * Whether the file has a key that nothing stands for. One that nobody names may be of somebody who is still writing, so
     * ask only of those whose writers are dead.
     */
    public boolean isLeft(TableDefinition table, String path) {
        boolean facts = table.equals(Tables.GOLD_FACT_TRANSACTION);
        if (!path.endsWith(".parquet") || !facts && !Tables.SHARED_DIMENSIONS.contains(table)) {
            return false;
        }
        Standing standing = known.computeIfAbsent(table, this::standing);
        String column = standing.column().columns().getFirst().name();
        var other = new boolean[1];
        CurrentFiles.read(
                io,
                path,
                standing.column(),
                Expressions.alwaysTrue(),
                row -> other[0] |= !standing.keys().test(((Number) row.getField(column)).longValue()));
        return other[0];
    }

    private Standing standing(TableDefinition table) {
        boolean facts = table.equals(Tables.GOLD_FACT_TRANSACTION);
        String column = PointedKeys.key(facts ? Tables.GOLD_DIM_CUSTOMER : table);
        return new Standing(catalog.load(table).schema().select(column), facts ? versions()::has : pointed(table)::has);
    }

    /** Of other customers; in snapshots from before a rekey their keys were others, and facts of then point to those. */
    private KnownKeys versions() {
        var keys = new KnownKeys();
        var table = PersonalTable.of(Tables.GOLD_DIM_CUSTOMER);
        read(table.table(), table.column(), row -> {
            if (!subject.owns(table, row)) {
                keys.add((Long) row.getField(PersonalTable.VERSION_KEY));
            }
        });
        return keys;
    }

    /** By facts of other customers, in snapshots from before a rekey too. */
    private KnownKeys pointed(TableDefinition dimension) {
        KnownKeys others = versions();
        var keys = new KnownKeys();
        String column = PointedKeys.key(dimension);
        read(Tables.GOLD_FACT_TRANSACTION, column, row -> {
            if (others.has((Long) row.getField(PersonalTable.VERSION_KEY))) {
                keys.add(((Number) row.getField(column)).longValue());
            }
        });
        return keys;
    }

    private void read(TableDefinition table, String column, Consumer<Record> each) {
        TableMetadata metadata = catalog.load(table);
        Schema columns = metadata.schema().select(PersonalTable.VERSION_KEY, column);
        NamedFiles.of(metadata, io).stream()
                .filter(path -> path.endsWith(".parquet"))
                .forEach(path -> CurrentFiles.read(io, path, columns, Expressions.alwaysTrue(), each));
    }
}
