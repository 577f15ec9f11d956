package riskcluster.lakehouse.column;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** A column of 64-bit numbers that hardly repeat. */
public final class PlainNumbers extends ColumnValues {

    private static final int FIRST_CAPACITY = 1_024;

    private long[] numbers = new long[FIRST_CAPACITY];

    PlainNumbers(ColumnDescriptor column, boolean bounded) {
        super(column, bounded);
    }

    public void add(long number) {
        int index = present(0);
        if (index == numbers.length) {
            numbers = Arrays.copyOf(numbers, index * 2);
        }
        numbers[index] = number;
    }

    /** A number, or none. */
    public void add(@Nullable Long number) {
        if (number == null) {
            absent();
        } else {
            add(number.longValue());
        }
    }

    @Override
    void encode(PageBytes out, int from, int to, int fromByte, int toByte) {
        out.longs(numbers, from, to);
    }

    @Override
    void bounds(Statistics<?> statistics) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = 0; i < values(); i++) {
            min = Math.min(min, numbers[i]);
            max = Math.max(max, numbers[i]);
        }
        statistics.updateStats(min);
        statistics.updateStats(max);
    }

    @Override
    long roughBytes() {
        return (long) values() * Long.BYTES;
    }
}
