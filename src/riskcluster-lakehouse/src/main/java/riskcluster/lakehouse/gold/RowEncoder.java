package riskcluster.lakehouse.gold;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
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
        for (ColumnDescriptor column : schema.getColumns()) {
            columns.add(store.getColumnWriter(column));
            puts.add(put(table, String.join(".", column.getPath())));
        }
    }

    void write(GoldRow row) {
        for (int i = 0; i < puts.size(); i++) {
            puts.get(i).put(columns.get(i), row);
        }
    }

    /** How the column of this path is written; inside lists it has Parquet's own steps. */
    private static Put put(WindowedTable table, String path) {
        if (table.textColumn().equals(Optional.of(path))) {
            return (column, row) -> text(column, row.key().text());
        }
        return switch (path) {
            case "window_start" -> (column, row) -> column.write(row.key().startMicros(), 0, 0);
            case "window_end" -> (column, row) -> column.write(row.key().startMicros() + table.lengthMicros(), 0, 0);
            case "currency" -> (column, row) -> text(column, row.key().currency());
            case "revenue" -> (column, row) -> column.write(total(row), 0, 0);
            case "average" -> (column, row) -> column.write(average(row), 0, 0);
            case "alerts" -> (column, row) -> column.write(alerts(row), 0, 0);
            case "alert_rate" -> (column, row) -> column.write(rate(row, alerts(row)), 0, 0);
            case "users", "users_exact" -> distinct(path, GoldRow::users);
            case "devices", "devices_exact" -> distinct(path, GoldRow::devices);
            case "merchants", "merchants_exact" -> distinct(path, GoldRow::merchants);
            case "payment_methods.list.element.payment_method" -> RowEncoder::splitNames;
            case "payment_methods.list.element.transactions" -> RowEncoder::splitCounts;
            case "state" -> (column, row) -> column.write(Binary.fromConstantByteArray(row.state()), 0, 0);
            default -> sum(path);
        };
    }

    private static Put distinct(String name, Function<GoldRow, Distinct> of) {
        return name.endsWith("_exact")
                ? (column, row) -> column.write(of.apply(row).isExact(), 0, 0)
                : (column, row) -> column.write(of.apply(row).count(), 0, 0);
    }

    /** One level for the list, one more for a name that is there. */
    private static void splitNames(ColumnWriter column, GoldRow row) {
        Split split = row.paymentMethods();
        for (int i = 0; i < split.size(); i++) {
            String name = split.name(i);
            if (name == null) {
                column.writeNull(Math.min(i, 1), 1);
            } else {
                column.write(binary(name), Math.min(i, 1), 2);
            }
        }
    }

    private static void splitCounts(ColumnWriter column, GoldRow row) {
        for (int i = 0; i < row.paymentMethods().size(); i++) {
            column.write(row.paymentMethods().count(i), Math.min(i, 1), 1);
        }
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
            column.write(binary(text), 0, 1);
        }
    }

    private static Binary binary(String text) {
        return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long alerts(GoldRow row) {
        return row.sum(Measures.MEDIUM) + row.sum(Measures.HIGH) + row.sum(Measures.CRITICAL);
    }

    private static double rate(GoldRow row, long part) {
        return (double) part / row.sum(Measures.TRANSACTIONS);
    }

    private static double average(GoldRow row) {
        double units = row.sum(Measures.HIGH_UNITS) * (double) Measures.UNITS_LIMIT + row.sum(Measures.UNITS);
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
