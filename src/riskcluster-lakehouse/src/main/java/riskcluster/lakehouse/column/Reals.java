package riskcluster.lakehouse.column;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;

/** A column of 64-bit floating-point numbers; NaN is written as no value. */
public final class Reals extends ColumnValues {

    private static final int FIRST_CAPACITY = 1_024;

    private double[] reals = new double[FIRST_CAPACITY];

    Reals(ColumnDescriptor column, boolean bounded) {
        super(column, bounded);
    }

    public void add(double real) {
        if (Double.isNaN(real)) {
            absent();
            return;
        }
        int index = present(0);
        if (index == reals.length) {
            reals = Arrays.copyOf(reals, index * 2);
        }
        reals[index] = real;
    }

    @Override
    void encode(PageBytes out, int from, int to, int fromByte, int toByte) {
        out.reals(reals, from, to);
    }

    @Override
    void bounds(Statistics<?> statistics) {
        for (int i = 0; i < values(); i++) {
            statistics.updateStats(reals[i]);
        }
    }

    @Override
    long roughBytes() {
        return (long) values() * Double.BYTES;
    }
}
