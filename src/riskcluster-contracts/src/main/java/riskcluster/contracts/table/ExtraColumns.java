package riskcluster.contracts.table;

import java.util.List;
import riskcluster.contracts.transaction.ExtraField;

/** The columns that extra fields of the transaction become, the same in bronze and silver. */
public final class ExtraColumns {

    private ExtraColumns() {}

    /** One for each field, in their order. */
    public static List<Column> of(List<ExtraField> fields) {
        return fields.stream().map(ExtraColumns::column).toList();
    }

    /** Whether extra fields become columns of this table. */
    public static boolean belongTo(TableDefinition table) {
        return table.equals(Tables.BRONZE_TRANSACTIONS) || table.equals(Tables.SILVER_TRANSACTIONS);
    }

    private static Column column(ExtraField field) {
        return Column.optional(
                field.id(), field.name(), type(field.kind()), "As sent; named by the contract of the input");
    }

    private static ColumnType type(ExtraField.Kind kind) {
        return switch (kind) {
            case STRING -> ColumnType.Scalar.STRING;
            case INTEGER -> ColumnType.Scalar.LONG;
            case NUMBER -> ColumnType.Scalar.DOUBLE;
            case BOOLEAN -> ColumnType.Scalar.BOOLEAN;
        };
    }
}
