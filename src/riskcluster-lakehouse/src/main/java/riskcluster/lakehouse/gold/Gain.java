package riskcluster.lakehouse.gold;

import java.util.List;

/** A row and what a batch adds to it: one cell or more. */
record Gain(RowKey key, List<Cell> cells) {

    private static final long[] NOBODY = {};

    /** The row with this in it; {@link GoldRow#empty} where there was none. */
    GoldRow onto(WindowedTable table, GoldRow row) {
        GoldRow sum = row;
        for (Cell cell : cells) {
            sum = add(table, sum, cell);
        }
        return sum;
    }

    private GoldRow add(WindowedTable table, GoldRow row, Cell cell) {
        return new GoldRow(
                key,
                row.isEmpty() ? cell.sums() : Measures.sum(row.sums(), cell.sums()),
                row.users().plus(table.hasUsers() ? cell.users() : NOBODY),
                row.devices().plus(table.hasDevices() ? cell.devices() : NOBODY),
                row.merchants().plus(table.hasMerchants() ? cell.merchants() : NOBODY),
                row.paymentMethods().plus(table.hasPaymentMethods() ? cell.paymentMethods() : Split.NONE));
    }
}
