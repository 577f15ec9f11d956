package riskcluster.lakehouse.gold;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.parquet.schema.MessageType;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.Flags;
import riskcluster.lakehouse.column.Numbers;
import riskcluster.lakehouse.column.PlainBytes;
import riskcluster.lakehouse.column.Reals;
import riskcluster.lakehouse.column.Texts;
import riskcluster.lakehouse.column.WideNumbers;

/**
 * Puts the rows of a windowed table into the columns of a file, each column by its name: some hundred rows of one column,
 * then the same rows of the next, so that each loop is about one kind of value.
 */
final class RowEncoder {

    /** How one column of some rows is written. */
    @FunctionalInterface
    private interface Put {
        void put(GoldRow[] rows);
    }

    private static final int STATE_BYTES_EXPECTED = 256;

    private final WindowedTable table;
    private final Columns columns;
    private final List<Put> puts = new ArrayList<>();

    RowEncoder(WindowedTable table, MessageType schema, Columns columns) {
        this.table = table;
        this.columns = columns;
        schema.getColumns().forEach(column -> puts.add(put(String.join(".", column.getPath()))));
        columns.complete();
    }

    /** Adds rows to empty columns. */
    void write(List<GoldRow> rows) {
        for (int from = 0; from < rows.size(); from += Columns.rowsAtOnce()) {
            int to = Math.min(rows.size(), from + Columns.rowsAtOnce());
            GoldRow[] some = rows.subList(from, to).toArray(GoldRow[]::new);
            columns.beginRow();
            puts.forEach(put -> put.put(some));
            columns.endRows(some.length);
        }
    }

    /** How the column of this path is written; inside lists it has Parquet's own steps. */
    private Put put(String path) {
        if (table.textColumn().equals(Optional.of(path))) {
            Texts texts = columns.texts(path);
            return rows -> {
                for (GoldRow row : rows) {
                    texts.add(row.key().text());
                }
            };
        }
        return switch (path) {
            case "window_start" -> time(path, 0);
            case "window_end" -> time(path, table.lengthMicros());
            case "currency" -> {
                Texts texts = columns.texts(path);
                yield rows -> {
                    for (GoldRow row : rows) {
                        texts.add(row.key().currency());
                    }
                };
            }
            case "revenue", "spend" -> revenue(path);
            case "average" -> real(path, RowEncoder::average);
            case "alerts" -> number(path, RowEncoder::alerts);
            case "suspicious" -> number(path, row -> row.sum(Measures.HIGH) + row.sum(Measures.CRITICAL));
            case "alert_rate" -> real(path, row -> rate(row, alerts(row)));
            case "users", "users_exact" -> distinct(path, GoldRow::users);
            case "devices", "devices_exact" -> distinct(path, GoldRow::devices);
            case "merchants", "merchants_exact" -> distinct(path, GoldRow::merchants);
            case "payment_methods.list.element.payment_method" -> splitNames(path);
            case "payment_methods.list.element.transactions" -> splitCounts(path);
            case "state" -> state(path);
            default -> sum(path);
        };
    }

    private Put time(String path, long laterMicros) {
        Numbers times = columns.numbers(path);
        return rows -> {
            for (GoldRow row : rows) {
                times.add(row.key().startMicros() + laterMicros);
            }
        };
    }

    private Put real(String path, ToDoubleFunction<GoldRow> of) {
        Reals reals = columns.reals(path);
        return rows -> {
            for (GoldRow row : rows) {
                reals.add(of.applyAsDouble(row));
            }
        };
    }

    private Put number(String path, ToLongFunction<GoldRow> of) {
        Numbers numbers = columns.numbers(path);
        return rows -> {
            for (GoldRow row : rows) {
                numbers.add(of.applyAsLong(row));
            }
        };
    }

    private Put distinct(String path, Function<GoldRow, Distinct> of) {
        if (path.endsWith("_exact")) {
            Flags flags = columns.flags(path);
            return rows -> {
                for (GoldRow row : rows) {
                    flags.add(of.apply(row).isExact());
                }
            };
        }
        Numbers numbers = columns.numbers(path);
        return rows -> {
            for (GoldRow row : rows) {
                numbers.add(of.apply(row).count());
            }
        };
    }

    private Put splitNames(String path) {
        Texts texts = columns.texts(path);
        return rows -> {
            for (GoldRow row : rows) {
                Split split = row.paymentMethods();
                for (int i = 0; i < split.size(); i++) {
                    texts.addOptional(split.name(i), Math.min(i, 1));
                }
            }
        };
    }

    private Put splitCounts(String path) {
        Numbers numbers = columns.numbers(path);
        return rows -> {
            for (GoldRow row : rows) {
                Split split = row.paymentMethods();
                for (int i = 0; i < split.size(); i++) {
                    numbers.add(split.count(i), Math.min(i, 1));
                }
            }
        };
    }

    private Put state(String path) {
        PlainBytes bytes = columns.plainBytes(path);
        var sink = new ByteSink(STATE_BYTES_EXPECTED);
        return rows -> {
            for (GoldRow row : rows) {
                bytes.add(row.state(sink));
            }
        };
    }

    private Put sum(String path) {
        boolean isRate = path.endsWith("_rate");
        int measure = Measures.of(isRate ? path.substring(0, path.length() - "_rate".length()) : path);
        if (isRate) {
            return real(path, row -> rate(row, row.sum(measure)));
        }
        return number(path, row -> row.sum(measure));
    }

    /** The sum of amounts as a number of 128 bits. */
    private Put revenue(String path) {
        WideNumbers totals = columns.wideNumbers(path);
        return rows -> {
            for (GoldRow row : rows) {
                long high = Math.multiplyHigh(row.sum(Measures.HIGH_UNITS), Measures.UNITS_LIMIT);
                long product = row.sum(Measures.HIGH_UNITS) * Measures.UNITS_LIMIT;
                long low = product + row.sum(Measures.UNITS);
                long carry = Long.compareUnsigned(low, product) < 0 ? 1 : 0;
                totals.add(high + carry, low);
            }
        };
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
}
