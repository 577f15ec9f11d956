package riskcluster.lakehouse.catalog;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.ColumnType;
import riskcluster.contracts.table.ExtraColumns;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.transaction.ExtraField;

/**
 * How a table gets the columns of extra fields, and those that its definition got after it was created: in its next
 * metadata, together with the first files that may have them. A column is never taken away, so that old files and new ones
 * are read by one schema.
 */
public final class TableEvolution {

    private TableEvolution() {}

    /** Adds the columns that the table lacks; does nothing where it lacks none. */
    public static void addMissing(TableDefinition table, StagedTable staged, List<ExtraField> fields) {
        var whole = ExtraColumns.belongTo(table) ? table.with(ExtraColumns.of(fields)) : table;
        if (whole.columns().stream().noneMatch(column -> column.id() >= ExtraField.ID_MIN)) {
            return;
        }
        TableMetadata metadata = staged.current();
        var columns = new ArrayList<>(metadata.schema().columns());
        for (Types.NestedField wanted : IcebergTables.schema(whole).columns()) {
            Types.NestedField there = metadata.schema().findField(wanted.fieldId());
            if (there == null) {
                columns.add(wanted);
            } else if (!there.name().equals(wanted.name()) || !IcebergTables.sameColumns(there.type(), wanted.type())) {
                throw new IllegalStateException("column " + there + " of " + table.qualifiedName()
                        + " is not what was recorded: " + wanted + "; another engine has changed the table");
            }
        }
        if (columns.size() > metadata.schema().columns().size()) {
            var next = new Schema(columns);
            staged.commit(
                    metadata,
                    TableMetadata.buildFrom(metadata)
                            .setCurrentSchema(next, Math.max(metadata.lastColumnId(), next.highestFieldId()))
                            .build());
        }
    }

    /** The definition with the columns that the table has got since. */
    public static TableDefinition asItIs(TableDefinition table, TableMetadata metadata) {
        var more = new ArrayList<Column>();
        for (Types.NestedField field : metadata.schema().columns()) {
            ColumnType type = type(field);
            if (isExtra(field) && type != null) {
                more.add(new Column(field.fieldId(), field.name(), type, false, String.valueOf(field.doc())));
            }
        }
        return table.with(more);
    }

    /** The definition as it was before columns came to it that the table has not got yet. */
    static TableDefinition asItWas(TableDefinition table, TableMetadata metadata) {
        var there = table.columns().stream()
                .filter(column ->
                        column.id() < ExtraField.ID_MIN || metadata.schema().findField(column.id()) != null)
                .toList();
        return new TableDefinition(table.namespace(), table.name(), table.comment(), there, table.partitionedByDayOf());
    }

    /** Whether a column can be one of an extra field, or one that came later. */
    static boolean isExtra(Types.NestedField field) {
        return field.fieldId() >= ExtraField.ID_MIN
                && field.isOptional()
                && field.type().isPrimitiveType();
    }

    private static @Nullable ColumnType type(Types.NestedField field) {
        return switch (field.type().typeId()) {
            case STRING -> ColumnType.Scalar.STRING;
            case LONG -> ColumnType.Scalar.LONG;
            case DOUBLE -> ColumnType.Scalar.DOUBLE;
            case BOOLEAN -> ColumnType.Scalar.BOOLEAN;
            default -> null;
        };
    }
}
