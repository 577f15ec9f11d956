package riskcluster.contracts.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A table of the lake as the contract states it.
 *
 * @param comment what one row is
 * @param columns in the order of the table
 * @param partitionedByDayOf the timestamp column whose UTC day divides the table's files; empty for small tables
 */
public record TableDefinition(
        String namespace, String name, String comment, List<Column> columns, Optional<String> partitionedByDayOf) {

    /** The column in which gold keeps what its rows are carried on from. */
    public static final String STATE = "state";

    public TableDefinition {
        columns = List.copyOf(columns);
        var names = new HashSet<String>();
        var ids = new HashSet<Integer>();
        for (Column column : columns) {
            if (!names.add(column.name()) || !ids.add(column.id())) {
                throw new IllegalArgumentException("column " + column.name() + " stands twice in " + name);
            }
        }
        for (String day : partitionedByDayOf.stream().toList()) {
            if (column(columns, day).type() != ColumnType.Scalar.TIMESTAMP) {
                throw new IllegalArgumentException(day + " of " + name + " is no timestamp");
            }
        }
    }

    /** A table whose files are divided by day. */
    public TableDefinition(
            String namespace, String name, String comment, List<Column> columns, String partitionedByDayOf) {
        this(namespace, name, comment, columns, Optional.of(partitionedByDayOf));
    }

    /** {@code namespace.name}. */
    public String qualifiedName() {
        return namespace + "." + name;
    }

    /** The same table with more columns at its end; those that it has already are left out. */
    public TableDefinition with(List<Column> more) {
        var all = new ArrayList<>(columns);
        more.stream()
                .filter(column ->
                        columns.stream().noneMatch(known -> known.name().equals(column.name())))
                .forEach(all::add);
        return all.size() == columns.size()
                ? this
                : new TableDefinition(namespace, name, comment, all, partitionedByDayOf);
    }

    /** The columns that tell something to a person: all but gold's state. */
    public List<Column> readableColumns() {
        return columns.stream().filter(column -> !column.name().equals(STATE)).toList();
    }

    /** The column of that name; a name that does not exist is a bug. */
    public Column column(String columnName) {
        return column(columns, columnName);
    }

    private static Column column(List<Column> columns, String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + name));
    }
}
