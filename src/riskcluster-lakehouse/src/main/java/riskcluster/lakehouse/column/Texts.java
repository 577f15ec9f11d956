package riskcluster.lakehouse.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts that repeat: a dictionary and an index into it for each value. The dictionary knows strings, not
 * bytes: the same text is mostly the same object, whose hash is known, and each is encoded once a file.
 */
public final class Texts extends ColumnValues {

    private static final int FIRST_CAPACITY = 1_024;

    /** A reader holds a dictionary in memory as long as it reads the column. */
    private static final int DICTIONARY_BYTES_MAX = 4 << 20;

    private final PageBytes dictionary = new PageBytes();
    private final Ids ids = new Ids();
    private @Nullable String[] distinct = new String[FIRST_CAPACITY];

    /** Where each text begins in the dictionary, and where the last one ends. */
    private int[] starts = new int[FIRST_CAPACITY + 1];

    private int size;

    /**
     * Of the text that hashes here the hash, and in the lower half one more than its id; 0 where the place is free. Twice
     * as long as distinct. Texts lie all over the memory: with their hashes here only an equal one is looked at.
     */
    private long[] places = new long[FIRST_CAPACITY * 2];

    private int lastId;
    private long distinctChars;
    private boolean plain;
    private byte[] min = new byte[0];
    private byte[] max = new byte[0];

    Texts(ColumnDescriptor column, boolean bounded) {
        super(column, bounded);
    }

    /** A text, or none. */
    public void add(@Nullable String text) {
        if (text == null) {
            absent();
        } else {
            add(text, 0);
        }
    }

    /** @param repetition 0 for the first of a list, 1 for each further one */
    public void add(String text, int repetition) {
        ids.set(present(repetition), id(text));
    }

    /** An optional text inside a list; {@code repetition} as above. */
    public void addOptional(@Nullable String text, int repetition) {
        if (text == null) {
            absentInside(repetition);
        } else {
            add(text, repetition);
        }
    }

    /** A list without elements. */
    public void addNone() {
        absent();
    }

    private int id(String text) {
        if (size > 0 && text.equals(distinct[lastId])) {
            return lastId;
        }
        int hash = text.hashCode();
        int place = place(text, hash);
        if (places[place] == 0) {
            if (size == distinct.length) {
                grow();
                place = place(text, hash);
            }
            distinct[size] = text;
            distinctChars += text.length();
            places[place] = (long) hash << Integer.SIZE | ++size;
        }
        lastId = (int) places[place] - 1;
        return lastId;
    }

    private int place(String text, int hash) {
        int place = first(hash);
        while (places[place] != 0
                && ((int) (places[place] >>> Integer.SIZE) != hash
                        || !text.equals(distinct[(int) places[place] - 1]))) {
            place = place + 1 & places.length - 1;
        }
        return place;
    }

    private int first(int hash) {
        return (hash ^ hash >>> 15) & places.length - 1;
    }

    private void grow() {
        distinct = Arrays.copyOf(distinct, size * 2);
        starts = Arrays.copyOf(starts, size * 2 + 1);
        var before = places;
        places = new long[before.length * 2];
        for (long taken : before) {
            if (taken != 0) {
                int place = first((int) (taken >>> Integer.SIZE));
                while (places[place] != 0) {
                    place = place + 1 & places.length - 1;
                }
                places[place] = taken;
            }
        }
    }

    @Override
    @Nullable
    Dictionary prepare() {
        encodeDistinct();
        long plainBytes = 0;
        for (int i = 0; i < values(); i++) {
            int id = ids.at(i);
            plainBytes += starts[id + 1] - starts[id];
        }
        long indexed = dictionary.size() + Ids.bytes(values(), size);
        plain = indexed >= plainBytes || dictionary.size() > DICTIONARY_BYTES_MAX;
        return plain ? null : new Dictionary(dictionary, size);
    }

    /** Encodes each text once, and finds the smallest and the greatest in the order of their bytes, as Parquet asks. */
    private void encodeDistinct() {
        dictionary.clear();
        for (int id = 0; id < size; id++) {
            var text = distinct[id];
            if (text == null) {
                throw new IllegalStateException("text " + id + " of " + size + " is missing in " + column());
            }
            byte[] bytes = text.getBytes(UTF_8);
            starts[id] = dictionary.size();
            dictionary.lengthAndBytes(bytes);
            if (id == 0 || Arrays.compareUnsigned(bytes, min) < 0) {
                min = bytes;
            }
            if (id == 0 || Arrays.compareUnsigned(bytes, max) > 0) {
                max = bytes;
            }
        }
        starts[size] = dictionary.size();
    }

    @Override
    void encode(PageBytes out, int from, int to, int fromByte, int toByte) {
        if (plain) {
            for (int i = from; i < to; i++) {
                int id = ids.at(i);
                out.bytes(dictionary.array(), starts[id], starts[id + 1] - starts[id]);
            }
            return;
        }
        ids.encode(out, from, to, size);
    }

    @Override
    void bounds(Statistics<?> statistics) {
        statistics.updateStats(Binary.fromConstantByteArray(min));
        statistics.updateStats(Binary.fromConstantByteArray(max));
    }

    @Override
    void clearValues() {
        Arrays.fill(places, 0);
        Arrays.fill(distinct, 0, size, null);
        size = 0;
        lastId = 0;
        distinctChars = 0;
    }

    @Override
    long roughBytes() {
        return (long) values() * Short.BYTES + distinctChars;
    }
}
