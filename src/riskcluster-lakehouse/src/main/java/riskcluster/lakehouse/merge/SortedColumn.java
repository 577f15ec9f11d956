package riskcluster.lakehouse.merge;

import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.jspecify.annotations.Nullable;

/**
 * One column in its new order. As many rows are decoded at once as fit into a bound; where that is not all, the column is
 * read again for the next ones. So a day of large values is sorted in little memory, for more time.
 */
final class SortedColumn {

    /** What a text that stands for itself takes beside its bytes: the object, its array and where it is kept. */
    private static final long BYTES_PER_TEXT = 100;

    /** What any value takes: a number or a reference, its levels, and where its row begins and ends. */
    private static final long BYTES_PER_VALUE = 18;

    /** Beyond it values of a column stand for themselves, and not in a dictionary. */
    private static final long DICTIONARY_BYTES_PER_ROW_MAX = 8;

    private final SortSource source;
    private final ColumnDescriptor column;
    private final int[] places;
    private final int rowsAtOnce;
    private @Nullable ColumnValues held;

    /**
     * @param places where each row comes to stand
     * @param bytesMax of values in memory, roughly
     */
    SortedColumn(SortSource source, ColumnDescriptor column, int[] places, long bytesMax) {
        this.source = source;
        this.column = column;
        this.places = places;
        this.rowsAtOnce = rowsAtOnce(source, column, bytesMax);
    }

    private static int rowsAtOnce(SortSource source, ColumnDescriptor column, long bytesMax) {
        long rows = Math.max(1, source.rows());
        long bytes = source.bytes(column);
        boolean plain = bytes > rows * DICTIONARY_BYTES_PER_ROW_MAX;
        long decoded = rows * BYTES_PER_VALUE + (plain ? bytes + rows * BYTES_PER_TEXT : 0);
        long times = (decoded + bytesMax - 1) / bytesMax;
        return Math.toIntExact((rows + times - 1) / times);
    }

    /** Writes the rows that come to stand at [from, to). */
    void write(int from, int to, ColumnWriter out, ColumnWriteStore store) throws IOException {
        int at = from;
        while (at < to) {
            ColumnValues values = at(at);
            int end = Math.min(to, values.end());
            values.write(at, end, out, store);
            at = end;
        }
    }

    private ColumnValues at(int place) throws IOException {
        if (held == null || place < held.begin() || place >= held.end()) {
            held = null; // or two would be in memory
            int end = Math.toIntExact(Math.min(source.rows(), (long) place + rowsAtOnce));
            held = ColumnValues.read(source, column, places, place, end);
        }
        return held;
    }
}
