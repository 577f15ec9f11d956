package riskcluster.lakehouse.read;

import java.util.List;
import java.util.stream.Collectors;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.ColumnType;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.transaction.ExtraField;

/** The SQL that shows a table's files as a view with the definition's columns and types. */
final class SqlViews {

    private SqlViews() {}

    /** A view over exactly these files; without files, a view without rows. */
    static String create(TableDefinition table, List<String> paths) {
        String view = "CREATE VIEW " + quote(table.namespace()) + "." + quote(table.name()) + " AS SELECT ";
        if (paths.isEmpty()) {
            return view
                    + table.readableColumns().stream()
                            .map(column -> "CAST(NULL AS " + type(column.type()) + ") AS " + quote(column.name()))
                            .collect(Collectors.joining(", "))
                    + " WHERE false";
        }
        return view
                + table.readableColumns().stream()
                        .map(column -> "CAST(" + quote(column.name()) + " AS " + type(column.type()) + ") AS "
                                + quote(column.name()))
                        .collect(Collectors.joining(", "))
                + " FROM " + files(table, paths);
    }

    /** Files from before a column was added do not have it: it is null there. */
    private static String files(TableDefinition table, List<String> paths) {
        List<Column> added = table.columns().stream()
                .filter(column -> column.id() >= ExtraField.ID_MIN)
                .toList();
        if (added.isEmpty()) {
            return "read_parquet(" + list(paths) + ", hive_partitioning = false)";
        }
        return "(SELECT * FROM read_parquet(" + list(paths)
                + ", hive_partitioning = false, union_by_name = true) UNION ALL BY NAME SELECT "
                + added.stream()
                        .map(column -> "CAST(NULL AS " + type(column.type()) + ") AS " + quote(column.name()))
                        .collect(Collectors.joining(", "))
                + " WHERE false)";
    }

    /** A comment for each column, as the contract states it. */
    static List<String> comments(TableDefinition table) {
        return table.readableColumns().stream()
                .map(column -> "COMMENT ON COLUMN " + quote(table.namespace()) + "." + quote(table.name()) + "."
                        + quote(column.name()) + " IS " + text(column.comment()))
                .toList();
    }

    /** The texts as an SQL list. */
    static String list(List<String> texts) {
        return texts.stream().map(SqlViews::text).collect(Collectors.joining(", ", "[", "]"));
    }

    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String quote(String name) {
        return "\"" + name + "\"";
    }

    private static String type(ColumnType type) {
        return switch (type) {
            case ColumnType.Scalar scalar -> scalar(scalar);
            case ColumnType.ListOf list -> type(list.element()) + "[]";
            case ColumnType.Struct struct ->
                struct.fields().stream().map(SqlViews::field).collect(Collectors.joining(", ", "STRUCT(", ")"));
        };
    }

    private static String field(Column field) {
        return quote(field.name()) + " " + type(field.type());
    }

    private static String scalar(ColumnType.Scalar scalar) {
        return switch (scalar) {
            case STRING -> "VARCHAR";
            case BINARY -> "BLOB";
            case BOOLEAN -> "BOOLEAN";
            case INT -> "INTEGER";
            case LONG -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case AMOUNT -> "DECIMAL(18,4)";
            case TOTAL -> "DECIMAL(38,4)";
            case TIMESTAMP -> "TIMESTAMPTZ";
        };
    }
}
