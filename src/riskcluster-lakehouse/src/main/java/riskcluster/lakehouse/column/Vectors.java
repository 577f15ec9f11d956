package riskcluster.lakehouse.column;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;

/** A column of lists of 32-bit floating-point numbers. */
public final class Vectors extends ColumnValues {

    private static final int FIRST_CAPACITY = 1_024;

    private float[] elements = new float[FIRST_CAPACITY];

    Vectors(ColumnDescriptor column, boolean bounded) {
        super(column, bounded);
    }

    /** A whole list; NaN is a value of it like any other. */
    public void add(float[] vector) {
        if (vector.length == 0) {
            absent();
            return;
        }
        int from = presentList(vector.length);
        if (from + vector.length > elements.length) {
            elements = Arrays.copyOf(elements, Math.max(elements.length * 2, from + vector.length));
        }
        System.arraycopy(vector, 0, elements, from, vector.length);
    }

    @Override
    void encode(PageBytes out, int from, int to, int fromByte, int toByte) {
        out.floats(elements, from, to);
    }

    @Override
    void bounds(Statistics<?> statistics) {
        throw new IllegalStateException("the elements of " + column() + " have no order that a reader could skip by");
    }

    @Override
    long roughBytes() {
        return (long) values() * Float.BYTES;
    }
}
