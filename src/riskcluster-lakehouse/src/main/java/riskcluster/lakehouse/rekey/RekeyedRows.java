package riskcluster.lakehouse.rekey;

import java.util.List;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.erase.RowChange;

/** Rows that name customers and devices, under their new names. */
public record RekeyedRows(TableDefinition table, NewNames names) implements RowChange {

    /** The tables whose rows it knows; windows are {@link riskcluster.lakehouse.gold.RenamedWindows}. */
    public static final List<TableDefinition> TABLES =
            List.of(Tables.SILVER_TRANSACTIONS, Tables.GOLD_FEATURES, Tables.GOLD_ANOMALIES);

    private static final String CUSTOMER = "customer_key";
    private static final String DEVICE = "device_key";

    /** Begins with the customer's pseudonym. */
    private static final String ANOMALY = "anomaly_id";

    @Override
    public List<String> columns() {
        return List.of(CUSTOMER);
    }

    @Override
    public Expression filter() {
        return Expressions.alwaysTrue();
    }

    /** A row has all its names of one key. */
    @Override
    public boolean concerns(Record row) {
        return names.isOld(String.valueOf(row.getField(CUSTOMER)));
    }

    @Override
    public List<Record> left(Record row) {
        Record next = row.copy();
        String before = String.valueOf(row.getField(CUSTOMER));
        String now = names.of(before);
        next.setField(CUSTOMER, now);
        if (has(row, DEVICE)) {
            @Nullable Object device = row.getField(DEVICE);
            next.setField(DEVICE, device == null ? null : names.of(device.toString()));
        }
        if (has(row, ANOMALY)) {
            next.setField(ANOMALY, String.valueOf(row.getField(ANOMALY)).replace(before, now));
        }
        return List.of(next);
    }

    /** Silver and features are sorted by customer. */
    @Override
    public boolean keepsOrder() {
        return false;
    }

    private static boolean has(Record row, String column) {
        return row.struct().field(column) != null;
    }
}
