package riskcluster.lakehouse.column;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** A column of yes and no. */
public final class Flags extends ColumnValues {

    private static final int FIRST_CAPACITY = 1_024;

    private byte[] flags = new byte[FIRST_CAPACITY];

    Flags(ColumnDescriptor column, boolean bounded) {
        super(column, bounded);
    }

    public void add(boolean flag) {
        int index = present(0);
        if (index == flags.length) {
            flags = Arrays.copyOf(flags, index * 2);
        }
        flags[index] = (byte) (flag ? 1 : 0);
    }

    /** Yes, no, or nothing. */
    public void add(@Nullable Boolean flag) {
        if (flag == null) {
            absent();
        } else {
            add(flag.booleanValue());
        }
    }

    /** One bit a value, the lowest first. */
    @Override
    void encode(PageBytes out, int from, int to, int fromByte, int toByte) {
        for (int i = from; i < to; i += Byte.SIZE) {
            int packed = 0;
            int end = Math.min(to, i + Byte.SIZE);
            for (int at = i; at < end; at++) {
                packed |= flags[at] << at - i;
            }
            out.int8(packed);
        }
    }

    @Override
    void bounds(Statistics<?> statistics) {
        for (int i = 0; i < values(); i++) {
            statistics.updateStats(flags[i] == 1);
        }
    }

    @Override
    long roughBytes() {
        return values() / Byte.SIZE;
    }
}
