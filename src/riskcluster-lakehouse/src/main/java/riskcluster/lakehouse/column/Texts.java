package riskcluster.lakehouse.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts that repeat: a dictionary and an index into it for each value. A text that is new goes into the
 * dictionary at once, as its bytes, so that a column holds on to hardly any object: hundreds of thousands that live until
 * the file is closed are dear to a collector. Only the first ones are remembered, which are the same objects again and
 * again where a column has few.
 */
public final class Texts extends ColumnValues {

    private static final int FIRST_CAPACITY = 1_024;

    private static final int REMEMBERED_MAX = FIRST_CAPACITY;

    private static final int NONE = -1;

    /**
     * So many texts are looked for at once. Each lies somewhere else in a table that is larger than a core's cache; in a row
     * the waits for memory overlap.
     */
    private static final int WAITING_MAX = 64;

    /** A reader holds a dictionary in memory as long as it reads the column. */
    private static final int DICTIONARY_BYTES_MAX = 4 << 20;

    private final PageBytes dictionary = new PageBytes();
    private final Ids ids = new Ids();

    /** The texts of the first ids. */
    private final @Nullable String[] remembered = new String[REMEMBERED_MAX];

    /** Where each text's entry begins in the dictionary, and where the last one ends. */
    private int[] starts = new int[FIRST_CAPACITY + 1];

    private int size;

    /**
     * Of the text that hashes here the hash, and in the lower half one more than its id; 0 where the place is free. At most
     * half are taken. Entries lie all over the memory: with their hashes here only an equal one is looked at.
     */
    private long[] places = new long[FIRST_CAPACITY * 2];

    /** Texts that are not looked for yet, and their indexes; then their hashes and the entries that they may have. */
    private final @Nullable String[] waiting = new String[WAITING_MAX];

    private final int[] waitingAt = new int[WAITING_MAX];
    private final int[] hashes = new int[WAITING_MAX];
    private final int[] candidates = new int[WAITING_MAX];
    private int waits;

    private @Nullable String last;
    private int lastId;
    private boolean plain;

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
        int index = present(repetition);
        ids.set(index, lastId);
        if (!text.equals(last)) {
            waiting[waits] = text;
            waitingAt[waits] = index;
            if (++waits == WAITING_MAX) {
                lookFor();
            }
        }
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

    /** Gives each text that waits its id: step by step for all of them, since each step waits for memory. */
    private void lookFor() {
        for (int i = 0; i < waits; i++) {
            hashes[i] = Objects.requireNonNull(waiting[i]).hashCode();
        }
        for (int i = 0; i < waits; i++) {
            long place = places[first(hashes[i])];
            candidates[i] = (int) (place >>> Integer.SIZE) == hashes[i] ? (int) place - 1 : NONE;
        }
        for (int i = 0; i < waits; i++) {
            int id = candidates[i];
            candidates[i] = id == NONE || dictionary.int32At(starts[id]) == 0 ? NONE : id;
        }
        for (int i = 0; i < waits; i++) {
            var text = Objects.requireNonNull(waiting[i]);
            int candidate = candidates[i];
            lastId = candidate != NONE && is(candidate, text) ? candidate : found(text, hashes[i]);
            last = text;
            ids.set(waitingAt[i], lastId);
            waiting[i] = null;
        }
        waits = 0;
    }

    private int found(String text, int hash) {
        int place = first(hash);
        while (places[place] != 0) {
            int id = (int) places[place] - 1;
            if ((int) (places[place] >>> Integer.SIZE) == hash && is(id, text)) {
                return id;
            }
            place = place + 1 & places.length - 1;
        }
        return added(text, (long) hash << Integer.SIZE, place);
    }

    private boolean is(int id, String text) {
        return id < REMEMBERED_MAX ? text.equals(remembered[id]) : dictionary.holds(starts[id], text.getBytes(UTF_8));
    }

    private int added(String text, long hash, int place) {
        int id = size++;
        if (id < REMEMBERED_MAX) {
            remembered[id] = text;
        }
        places[place] = hash | size;
        dictionary.lengthAndBytes(text.getBytes(UTF_8));
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
        }
        starts[size] = dictionary.size();
        if (size * 2 > places.length) {
            grow();
        }
        return id;
    }

    private int first(int hash) {
        return (hash ^ hash >>> 15) & places.length - 1;
    }

    private void grow() {
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
        lookFor();
        long plainBytes = 0;
        for (int i = 0; i < values(); i++) {
            int id = ids.at(i);
            plainBytes += starts[id + 1] - starts[id];
        }
        long indexed = dictionary.size() + Ids.bytes(values(), size);
        plain = indexed >= plainBytes || dictionary.size() > DICTIONARY_BYTES_MAX;
        return plain ? null : new Dictionary(dictionary, size);
    }

    private int compare(int one, int other) {
        byte[] all = dictionary.array();
        return Arrays.compareUnsigned(
                all,
                starts[one] + Integer.BYTES,
                starts[one + 1],
                all,
                starts[other] + Integer.BYTES,
                starts[other + 1]);
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

    /** In the order of their bytes, as Parquet asks. */
    @Override
    void bounds(Statistics<?> statistics) {
        int min = 0;
        int max = 0;
        for (int id = 1; id < size; id++) {
            if (compare(id, min) < 0) {
                min = id;
            } else if (compare(id, max) > 0) {
                max = id;
            }
        }
        statistics.updateStats(text(min));
        statistics.updateStats(text(max));
    }

    private Binary text(int id) {
        return Binary.fromConstantByteArray(
                Arrays.copyOfRange(dictionary.array(), starts[id] + Integer.BYTES, starts[id + 1]));
    }

    @Override
    void clearValues() {
        Arrays.fill(waiting, 0, waits, null);
        waits = 0;
        Arrays.fill(places, 0);
        Arrays.fill(remembered, 0, Math.min(size, REMEMBERED_MAX), null);
        dictionary.clear();
        size = 0;
        last = null;
        lastId = 0;
    }

    @Override
    long roughBytes() {
        return (long) values() * Short.BYTES + dictionary.size();
    }
}
