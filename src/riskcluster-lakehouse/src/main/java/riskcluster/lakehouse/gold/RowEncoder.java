package riskcluster.lakehouse.gold;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.transaction.Transaction;

/** Puts rows straight into Parquet's column encoders, each column by its name. */
final class RowEncoder {

    /** How one column of a row is written. */
    @FunctionalInterface
    private interface Put {
        void put(ColumnWriter column, GoldRow row);
    }

    private final List<Put> puts = new ArrayList<>();
    private final List<ColumnWriter> columns = new ArrayList<>();

    RowEncoder(WindowedTable table, MessageType schema, ColumnWriteStore store) {
        schema.getColumns().forEach(column -> columns.add(store.getColumnWriter(column)));
        for (Column column : table.definition().columns()) {
            puts.add(put(table, column.name()));
        }
    }

    void write(GoldRow row) {
        for (int i = 0; i < puts.size(); i++) {
            puts.get(i).put(columns.get(i), row);
        }
    }

    private static Put put(WindowedTable table, String name) {
        if (name.equals(table.textColumn())) {
            return (column, row) -> text(column, row.key().text());
        }
        return switch (name) {
            case "window_start" ->
                (column, row) -> column.write(row.key().startMicros(), 0, 0);
            case "window_end" ->
                (column, row) -> column.write(row.key().startMicros() + table.lengthMicros(), 0, 0);
            case "currency" -> (column, row) -> text(column, row.key().currency());
            case "revenue" -> (column, row) -> column.write(total(row), 0, 0);
            case "average" -> (column, row) -> column.write(average(row), 0, 0);
            case "alerts" -> (column, row) -> column.write(alerts(row), 0, 0);
            case "alert_rate" -> (column, row) -> column.write(rate(row, alerts(row)), 0, 0);
            case "users" -> (column, row) -> column.write(row.users().count(), 0, 0);
            case "users_exact" -> (column, row) -> column.write(row.users().isExact(), 0, 0);
            case "devices" -> (column, row) -> column.write(row.devices().count(), 0, 0);
            case "devices_exact" ->
                (column, row) -> column.write(row.devices().isExact(), 0, 0);
            case "state" -> (column, row) -> column.write(Binary.fromConstantByteArray(row.state()), 0, 0);
            default -> sum(name);
        };
    }

    private static Put sum(String name) {
        boolean isRate = name.endsWith("_rate");
        int measure = Measures.of(isRate ? name.substring(0, name.length() - "_rate".length()) : name);
        return isRate
                ? (column, row) -> column.write(rate(row, row.sum(measure)), 0, 0)
                : (column, row) -> column.write(row.sum(measure), 0, 0);
    }

    private static void text(ColumnWriter column, @Nullable String text) {
        if (text == null) {
            column.writeNull(0, 0);
        } else {
            column.write(Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8)), 0, 1);
        }
    }

    private static long alerts(GoldRow row) {
        return row.sum(Measures.MEDIUM) + row.sum(Measures.HIGH) + row.sum(Measures.CRITICAL);
    }

    private static double rate(GoldRow row, long part) {
        return (double) part / row.sum(Measures.TRANSACTIONS);
    }

    private static double average(GoldRow row) {
        double units =
                row.sum(Measures.HIGH_UNITS) * (double) Measures.UNITS_LIMIT + row.sum(Measures.UNITS);
        return units / row.sum(Measures.TRANSACTIONS) / Transaction.UNITS_PER_ONE;
    }

    /** The sum of amounts as sixteen bytes, the highest first. */
    private static Binary total(GoldRow row) {
        long high = Math.multiplyHigh(row.sum(Measures.HIGH_UNITS), Measures.UNITS_LIMIT);
        long product = row.sum(Measures.HIGH_UNITS) * Measures.UNITS_LIMIT;
        long low = product + row.sum(Measures.UNITS);
        long carry = Long.compareUnsigned(low, product) < 0 ? 1 : 0;
        return Binary.fromConstantByteArray(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(high + carry)
                .putLong(low)
                .array());
    }
}
