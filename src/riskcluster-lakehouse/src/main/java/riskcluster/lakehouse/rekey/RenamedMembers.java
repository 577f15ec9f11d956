package riskcluster.lakehouse.rekey;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.util.DateTimeUtil;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.StarKeys;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.erase.CurrentFiles;
import riskcluster.lakehouse.erase.RowChange;

/**
 * A dimension of the star whose members are pseudonymous, as it stands: which of them have old names, and the keys that they
 * have under new ones. A renamed member stands beside the old one until no fact points to that any more, so that at every
 * moment each fact's key is found once. Some 100 bytes of memory for each old member.
 */
public final class RenamedMembers {

    /** The dimensions whose keys are made of pseudonyms. */
    public static final List<TableDefinition> TABLES = List.of(Tables.GOLD_DIM_CUSTOMER, Tables.GOLD_DIM_DEVICE);

    private static final String VALID_FROM = "valid_from";

    private final TableDefinition table;
    private final NewNames names;
    private final String key;
    private final String name;
    private final StarKeys keysOf = new StarKeys();

    /** New keys by old ones. */
    private final Map<Long, Long> keys = new HashMap<>();

    /** New keys of which there is no row yet. */
    private final Set<Long> missing = new HashSet<>();

    private final Set<String> looked;

    private RenamedMembers(TableDefinition table, NewNames names, List<String> files) {
        this.table = table;
        this.names = names;
        this.key = table.columns().get(0).name();
        this.name = table.columns().get(1).name();
        this.looked = Set.copyOf(files);
    }

    /** Reads the dimension. */
    public static RenamedMembers of(TableDefinition table, TableMetadata metadata, FileIO io, NewNames names) {
        List<String> files = CurrentFiles.of(metadata, io);
        var members = new RenamedMembers(table, names, files);
        Schema columns = metadata.schema().select(members.columns());
        files.forEach(path -> CurrentFiles.read(io, path, columns, Expressions.alwaysTrue(), members::know));
        members.missing.addAll(members.keys.values());
        if (!members.missing.isEmpty()) {
            members.read(metadata, io, files, members.missing::remove);
        }
        return members;
    }

    private List<String> columns() {
        return table.equals(Tables.GOLD_DIM_CUSTOMER) ? List.of(key, name, VALID_FROM) : List.of(key, name);
    }

    private void know(Record row) {
        if (isOld(row)) {
            keys.put((Long) row.getField(key), newKey(row));
        }
    }

    private void read(TableMetadata metadata, FileIO io, List<String> files, Consumer<Long> each) {
        Schema column = metadata.schema().select(key);
        files.forEach(path ->
                CurrentFiles.read(io, path, column, Expressions.alwaysTrue(), row -> each.accept((Long) row.get(0))));
    }

    private boolean isOld(Record row) {
        @Nullable Object text = row.getField(name);
        return text != null && names.isOld(text.toString());
    }

    private long newKey(Record row) {
        String now = names.of(String.valueOf(row.getField(name)));
        return table.equals(Tables.GOLD_DIM_CUSTOMER)
                ? keysOf.ofVersion(now, DateTimeUtil.microsFromTimestamptz((OffsetDateTime) row.getField(VALID_FROM)))
                : keysOf.of(now);
    }

    /** New keys by old ones, of all members with an old name. */
    public Map<Long, Long> keys() {
        return Map.copyOf(keys);
    }

    /** Whether members with old names have nobody beside them yet. */
    public boolean areMissing() {
        return !missing.isEmpty();
    }

    /** Whether somebody has added one of the missing members to the table since. */
    public boolean isOvertaken(TableMetadata metadata, FileIO io) {
        var others = CurrentFiles.of(metadata, io).stream()
                .filter(path -> !looked.contains(path))
                .toList();
        var found = new boolean[1];
        read(metadata, io, others, one -> found[0] |= missing.contains(one));
        return found[0];
    }

    /** Puts renamed members beside those with old names; once, where one had several of these. */
    public RowChange adding() {
        var added = new HashSet<Long>();
        return new Change(key, name) {
            @Override
            public boolean concerns(Record row) {
                Long renamed = keys.get((Long) row.getField(key));
                return renamed != null && missing.contains(renamed);
            }

            @Override
            public List<Record> left(Record row) {
                if (!added.add(newKey(row))) {
                    return List.of(row);
                }
                Record renamed = row.copy();
                renamed.setField(key, newKey(row));
                renamed.setField(name, names.of(String.valueOf(row.getField(name))));
                return List.of(row, renamed);
            }
        };
    }

    /** Takes out the members with old names. */
    public RowChange dropping() {
        return new Change(key, name) {
            @Override
            public boolean concerns(Record row) {
                return isOld(row);
            }

            @Override
            public List<Record> left(Record row) {
                return List.of();
            }
        };
    }

    private abstract static class Change implements RowChange {
        private final List<String> columns;

        Change(String... columns) {
            this.columns = List.of(columns);
        }

        @Override
        public List<String> columns() {
            return columns;
        }

        @Override
        public Expression filter() {
            return Expressions.alwaysTrue();
        }
    }
}
