package riskcluster.node.answers;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import riskcluster.contracts.table.ColumnType;
import riskcluster.lakehouse.read.PinnedTable;
import riskcluster.node.view.TableView;

/** Pinned tables as they are shown to a person. */
final class TableViews {

    private TableViews() {}

    static TableView figures(long batch, PinnedTable table) {
        return view(batch, table, List.of());
    }

    static TableView whole(long batch, PinnedTable table) {
        var columns = table.columns().columns().stream()
                .map(column -> new TableView.Column(column.name(), type(column.type()), column.comment()))
                .toList();
        return view(batch, table, columns);
    }

    private static TableView view(long batch, PinnedTable table, List<TableView.Column> columns) {
        var figures = table.statistics();
        return new TableView(figures.table(), batch, figures.rows(), figures.files(), figures.bytes(), columns);
    }

    private static String type(ColumnType type) {
        return switch (type) {
            case ColumnType.Scalar scalar when scalar == ColumnType.Scalar.AMOUNT -> "decimal(18,4)";
            case ColumnType.Scalar scalar when scalar == ColumnType.Scalar.TOTAL -> "decimal(38,4)";
            case ColumnType.Scalar scalar when scalar == ColumnType.Scalar.TIMESTAMP -> "timestamptz";
            case ColumnType.Scalar scalar -> scalar.name().toLowerCase(Locale.ROOT);
            case ColumnType.ListOf list -> "list<" + type(list.element()) + ">";
            case ColumnType.Struct struct ->
                struct.fields().stream()
                        .map(field -> field.name() + " " + type(field.type()))
                        .collect(Collectors.joining(", ", "struct<", ">"));
        };
    }
}
