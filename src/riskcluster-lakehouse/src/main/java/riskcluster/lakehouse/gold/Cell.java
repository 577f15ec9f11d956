package riskcluster.lakehouse.gold;

import org.jspecify.annotations.Nullable;

/**
 * What some decisions of one checkpoint within a slot of time add to the windows around it. Never changed: rows of
 * several tables are made of the same cell.
 *
 * @param order where it stands among the cells of its batch, by text and then by currency
 * @param mask in which windows it counts, by the bits of {@link WindowedTable#bit}
 * @param users hashes of their ids, sorted, each once; devices and merchants likewise; what the cube does not keep is empty
 * @param paymentMethods where the cube keeps them, or of the one method that the cell is of
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record Cell(
        long order,
        long startMicros,
        @Nullable String text,
        @Nullable String currency,
        int mask,
        long[] sums,
        long[] users,
        long[] devices,
        long[] merchants,
        Split paymentMethods) {

    private static final int TEXT_SHIFT = 32;
    private static final long CURRENCY = 0xffff_ffffL;

    static long order(int text, int currency) {
        return (long) text << TEXT_SHIFT | currency;
    }

    /** The bits of the order by which a table tells rows apart. */
    static long told(WindowedTable table) {
        long byText = table.textColumn().isPresent() ? ~CURRENCY : 0;
        return table.hasCurrency() ? byText | CURRENCY : byText;
    }
}
