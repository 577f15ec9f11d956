package riskcluster.lakehouse.gold;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.exceptions.ValidationException;

/** A row and what a batch adds to it: one cell or more. */
record Gain(RowKey key, List<Cell> cells) {

    private static final long[] NOBODY = {};

    /** The row with this in it; {@link GoldRow#empty} where there was none. */
    GoldRow onto(WindowedTable table, GoldRow row) {
        return new GoldRow(
                key,
                sums(table, row),
                row.users().plus(table.hasUsers() ? ids(Cell::users) : NOBODY),
                row.devices().plus(table.hasDevices() ? ids(Cell::devices) : NOBODY),
                row.merchants().plus(table.hasMerchants() ? ids(Cell::merchants) : NOBODY),
                table.hasPaymentMethods() ? paymentMethods(row.paymentMethods()) : Split.NONE);
    }

    private long[] sums(WindowedTable table, GoldRow row) {
        if (row.isEmpty() && cells.getFirst().sums()[Measures.TRANSACTIONS] <= 0) {
            throw missing(table);
        }
        if (row.isEmpty() && cells.size() == 1) {
            return cells.getFirst().sums();
        }
        long[] sums = row.sums().clone();
        cells.forEach(cell -> Measures.addAll(sums, cell.sums()));
        return sums;
    }

    /** Names nobody: it is kept where an erasure does not look. */
    private ValidationException missing(WindowedTable table) {
        return new ValidationException(
                "%s has no row that counted a decision of the window from %s on: gold was switched on later, or another"
                        + " engine took the row out",
                table.definition().qualifiedName(), Instant.EPOCH.plus(key.startMicros(), ChronoUnit.MICROS));
    }

    /** Of all cells at once: a row's set is then made anew once, however many partitions and slots add to it. */
    private long[] ids(Function<Cell, long[]> of) {
        if (cells.size() == 1) {
            return of.apply(cells.getFirst());
        }
        var ids =
                new long[cells.stream().mapToInt(cell -> of.apply(cell).length).sum()];
        int count = 0;
        for (Cell cell : cells) {
            long[] added = of.apply(cell);
            System.arraycopy(added, 0, ids, count, added.length);
            count += added.length;
        }
        return Hashes.distinct(ids, count);
    }

    private Split paymentMethods(Split before) {
        Split sum = before;
        for (Cell cell : cells) {
            sum = sum.plus(cell.paymentMethods());
        }
        return sum;
    }
}
