package riskcluster.node.contract;

import java.util.Optional;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.ColumnType;
import riskcluster.contracts.table.TableDefinition;

/** The beginning of a contract file for a table that has none: its columns; key, limits and rules are for a person. */
final class TableYaml {

    private final StringBuilder out = new StringBuilder();

    private TableYaml() {}

    static String of(TableDefinition table) {
        var yaml = new TableYaml();
        yaml.table(table);
        return yaml.out.toString();
    }

    /** A type as Iceberg calls it. */
    static String physical(ColumnType type) {
        return switch (type) {
            case ColumnType.Scalar scalar ->
                switch (scalar) {
                    case STRING -> "string";
                    case BINARY -> "binary";
                    case BOOLEAN -> "boolean";
                    case INT -> "int";
                    case LONG -> "long";
                    case FLOAT -> "float";
                    case DOUBLE -> "double";
                    case AMOUNT -> "decimal(18, 4)";
                    case TOTAL -> "decimal(38, 4)";
                    case TIMESTAMP -> "timestamptz";
                };
            case ColumnType.ListOf list -> "list";
            case ColumnType.Struct struct -> "struct";
        };
    }

    /** A type as the standard calls it. */
    static String logical(ColumnType type) {
        return switch (type) {
            case ColumnType.Scalar scalar ->
                switch (scalar) {
                    case STRING, BINARY -> "string";
                    case BOOLEAN -> "boolean";
                    case INT, LONG -> "integer";
                    case FLOAT, DOUBLE, AMOUNT, TOTAL -> "number";
                    case TIMESTAMP -> "timestamp";
                };
            case ColumnType.ListOf list -> "array";
            case ColumnType.Struct struct -> "object";
        };
    }

    private void table(TableDefinition table) {
        var name = table.qualifiedName();
        out.append("apiVersion: v3.1.0\nkind: DataContract\nid: riskcluster.").append(name);
        out.append("\nname: ")
                .append(name)
                .append("\nversion: 1.0.0\nstatus: active\ndescription:\n  purpose: >-\n    ");
        out.append(table.comment()).append(".\nschema:\n  - name: ").append(name);
        out.append("\n    logicalType: object\n    physicalType: table\n    description: >-\n      ");
        out.append(table.comment()).append("\n    properties:\n");
        for (Column column : table.columns()) {
            column(column, "      ", table.partitionedByDayOf().equals(Optional.of(column.name())));
        }
    }

    private void column(Column column, String indent, boolean partitions) {
        out.append(indent).append("- name: ").append(column.name()).append('\n');
        var deeper = indent + "  ";
        type(column.type(), deeper);
        out.append(deeper).append("required: ").append(column.required()).append('\n');
        if (partitions) {
            out.append(deeper).append("partitioned: true\n").append(deeper).append("partitionKeyPosition: 1\n");
        }
        out.append(deeper).append("description: >-\n").append(deeper).append("  ");
        out.append(column.comment()).append('\n');
        id(column.id(), deeper);
    }

    private void type(ColumnType type, String indent) {
        out.append(indent).append("logicalType: ").append(logical(type)).append('\n');
        out.append(indent).append("physicalType: ").append(physical(type)).append('\n');
        switch (type) {
            case ColumnType.Scalar scalar -> {}
            case ColumnType.ListOf list -> {
                out.append(indent).append("items:\n");
                type(list.element(), indent + "  ");
                id(list.elementId(), indent + "  ");
            }
            case ColumnType.Struct struct -> {
                out.append(indent).append("properties:\n");
                struct.fields().forEach(field -> column(field, indent + "  ", false));
            }
        }
    }

    private void id(int id, String indent) {
        out.append(indent).append("customProperties:\n").append(indent);
        out.append("  - property: fieldId\n")
                .append(indent)
                .append("    value: ")
                .append(id)
                .append('\n');
    }
}
