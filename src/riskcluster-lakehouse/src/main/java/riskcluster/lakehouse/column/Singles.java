package riskcluster.lakehouse.column;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;

/** A column of 32-bit floating-point numbers; NaN is a value like any other. */
public final class Singles extends ColumnValues {

    private static final int FIRST_CAPACITY = 1_024;

    private float[] singles = new float[FIRST_CAPACITY];

    Singles(ColumnDescriptor column, boolean bounded) {
        super(column, bounded);
    }

    public void add(float single) {
        int index = present(0);
        if (index == singles.length) {
            singles = Arrays.copyOf(singles, index * 2);
        }
        singles[index] = single;
    }

    @Override
    void encode(PageBytes out, int from, int to, int fromByte, int toByte) {
        out.floats(singles, from, to);
    }

    @Override
    void bounds(Statistics<?> statistics) {
        throw new IllegalStateException(column() + " may hold NaN, for which there are no bounds");
    }

    @Override
    long roughBytes() {
        return (long) values() * Float.BYTES;
    }
}
