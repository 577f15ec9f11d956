package riskcluster.lakehouse.column;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** A column of 32-bit or 64-bit numbers that repeat: a dictionary and an index into it for each value. */
public final class Numbers extends ColumnValues {

    private static final int FIRST_CAPACITY = 1_024;

    /** 2 to the power of 64 divided by the golden ratio, see Knuth, volume 3, section 6.4. */
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final boolean wide;
    private final PageBytes dictionary = new PageBytes();
    private final Ids ids = new Ids();
    private long[] distinct = new long[FIRST_CAPACITY];
    private int size;

    /** One more than the id of the number that hashes here; 0 where the place is free. Twice as long as distinct. */
    private int[] places = new int[FIRST_CAPACITY * 2];

    private int lastId;
    private boolean plain;

    Numbers(ColumnDescriptor column, boolean bounded) {
        super(column, bounded);
        this.wide = column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    }

    public void add(long number) {
        add(number, 0);
    }

    /** @param repetition 0 for the first of a list, 1 for each further one */
    public void add(long number, int repetition) {
        ids.set(present(repetition), id(number));
    }

    /** A list without elements. */
    public void addNone() {
        absent();
    }

    private int id(long number) {
        if (size > 0 && distinct[lastId] == number) {
            return lastId;
        }
        int place = place(number);
        if (places[place] == 0) {
            if (size == distinct.length) {
                grow();
                place = place(number);
            }
            distinct[size] = number;
            places[place] = ++size;
        }
        lastId = places[place] - 1;
        return lastId;
    }

    private int place(long number) {
        int place = (int) (number * FACTOR >>> 33) & places.length - 1;
        while (places[place] != 0 && distinct[places[place] - 1] != number) {
            place = place + 1 & places.length - 1;
        }
        return place;
    }

    private void grow() {
        distinct = Arrays.copyOf(distinct, size * 2);
        places = new int[places.length * 2];
        for (int id = 0; id < size; id++) {
            places[place(distinct[id])] = id + 1;
        }
    }

    @Override
    @Nullable
    Dictionary prepare() {
        int bytes = wide ? Long.BYTES : Integer.BYTES;
        long indexed = (long) size * bytes + Ids.bytes(values(), size);
        plain = indexed >= (long) values() * bytes;
        if (plain) {
            return null;
        }
        dictionary.clear();
        for (int id = 0; id < size; id++) {
            put(dictionary, distinct[id]);
        }
        return new Dictionary(dictionary, size);
    }

    private void put(PageBytes out, long number) {
        if (wide) {
            out.int64(number);
        } else {
            out.int32((int) number);
        }
    }

    @Override
    void encode(PageBytes out, int from, int to, int fromByte, int toByte) {
        if (plain) {
            for (int i = from; i < to; i++) {
                put(out, distinct[ids.at(i)]);
            }
            return;
        }
        ids.encode(out, from, to, size);
    }

    @Override
    void bounds(Statistics<?> statistics) {
        for (int id = 0; id < size; id++) {
            if (wide) {
                statistics.updateStats(distinct[id]);
            } else {
                statistics.updateStats((int) distinct[id]);
            }
        }
    }

    @Override
    void clearValues() {
        Arrays.fill(places, 0);
        size = 0;
        lastId = 0;
    }

    @Override
    long roughBytes() {
        return (long) values() * Short.BYTES + (long) size * Long.BYTES;
    }
}
