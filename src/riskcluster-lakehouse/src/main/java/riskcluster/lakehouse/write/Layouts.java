package riskcluster.lakehouse.write;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import riskcluster.contracts.table.ExtraColumns;
import riskcluster.contracts.table.Tables;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.lakehouse.catalog.Warehouse;

/** The layouts of bronze and silver for each set of extra fields that was in force. Any number of threads may share one. */
final class Layouts {

    private final Warehouse warehouse;
    private final Map<List<ExtraField>, Both> known = new ConcurrentHashMap<>();

    /** The two tables that have the columns of extra fields. */
    record Both(TableLayout<BronzeRows> transactions, TableLayout<SilverRows> decisions) {}

    Layouts(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** Always the same for the same fields. */
    Both of(List<ExtraField> fields) {
        return known.computeIfAbsent(fields, this::make);
    }

    private Both make(List<ExtraField> fields) {
        var columns = ExtraColumns.of(fields);
        return new Both(
                new TableLayout<>(
                        Tables.BRONZE_TRANSACTIONS.with(columns), warehouse, file -> new BronzeRows(file, fields)),
                new TableLayout<>(
                        Tables.SILVER_TRANSACTIONS.with(columns), warehouse, file -> new SilverRows(file, fields)));
    }
}
