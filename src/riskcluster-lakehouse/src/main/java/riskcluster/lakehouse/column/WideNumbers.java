package riskcluster.lakehouse.column;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/** A column of 128-bit numbers, as decimals of more than 18 digits are kept: sixteen bytes each, the highest first. */
public final class WideNumbers extends ColumnValues {

    private static final int FIRST_CAPACITY = 1_024;
    private static final int BYTES = 2 * Long.BYTES;

    /** The upper half of each number, then the lower. */
    private long[] halves = new long[2 * FIRST_CAPACITY];

    WideNumbers(ColumnDescriptor column, boolean bounded) {
        super(column, bounded);
    }

    /** The number {@code high * 2^64 + low}, with {@code low} unsigned. */
    public void add(long high, long low) {
        int at = 2 * present(0);
        if (at == halves.length) {
            halves = Arrays.copyOf(halves, at * 2);
        }
        halves[at] = high;
        halves[at + 1] = low;
    }

    @Override
    void encode(PageBytes out, int from, int to, int fromByte, int toByte) {
        for (int i = 2 * from; i < 2 * to; i++) {
            out.int64(Long.reverseBytes(halves[i]));
        }
    }

    @Override
    void bounds(Statistics<?> statistics) {
        int min = 0;
        int max = 0;
        for (int i = 1; i < values(); i++) {
            if (compare(i, min) < 0) {
                min = i;
            }
            if (compare(i, max) > 0) {
                max = i;
            }
        }
        statistics.updateStats(at(min));
        statistics.updateStats(at(max));
    }

    private int compare(int one, int other) {
        int high = Long.compare(halves[2 * one], halves[2 * other]);
        return high == 0 ? Long.compareUnsigned(halves[2 * one + 1], halves[2 * other + 1]) : high;
    }

    private Binary at(int index) {
        return Binary.fromConstantByteArray(ByteBuffer.allocate(BYTES)
                .putLong(halves[2 * index])
                .putLong(halves[2 * index + 1])
                .array());
    }

    @Override
    long roughBytes() {
        return (long) values() * BYTES;
    }
}
