package riskcluster.lakehouse.merge;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Rows of one column of several files, decoded, so that they can be written in another order. */
final class ColumnValues {

    private final PrimitiveTypeName type;
    private final int present;
    private byte[] repetitions = new byte[0];
    private byte[] definitions = new byte[0];
    private long[] numbers = new long[0];
    private @Nullable Binary[] texts = new Binary[0];

    /** Where the values of the row begin that comes to stand at {@code begin + i}, and where they end. */
    private final int[] starts;

    private final int[] ends;
    private final int[] places;
    private final int begin;
    private final int end;
    private int size;

    /** How many rows have been seen, and the place of the latest among those that are kept; -1 where it is not. */
    private int rows;

    private int kept = -1;

    private ColumnValues(ColumnDescriptor column, int[] places, int begin, int end) {
        this.type = column.getPrimitiveType().getPrimitiveTypeName();
        this.present = column.getMaxDefinitionLevel();
        this.places = places;
        this.begin = begin;
        this.end = end;
        this.starts = new int[end - begin];
        this.ends = new int[end - begin];
        grow(end - begin);
    }

    /**
     * Decodes the rows of the column that come to stand at [begin, end); the others are passed over.
     *
     * @param places where each row comes to stand
     */
    static ColumnValues read(SortSource source, ColumnDescriptor column, int[] places, int begin, int end)
            throws IOException {
        var values = new ColumnValues(column, places, begin, end);
        source.read(column, (found, rows) -> {
            if (found.isPresent()) {
                values.add(found.get());
            } else {
                values.addAbsent(rows);
            }
        });
        return values;
    }

    int begin() {
        return begin;
    }

    int end() {
        return end;
    }

    /** Where each row's one value stands in the column's order: equal values have equal ranks. */
    long[] ranks() {
        var ranks = new long[end - begin];
        if (!isText()) {
            for (int row = 0; row < ranks.length; row++) {
                ranks[row] = numbers[starts[row]];
            }
            return ranks;
        }
        var numberOf = new TreeMap<byte[], Integer>(Arrays::compareUnsigned);
        var keys = new byte[ranks.length][];
        for (int row = 0; row < ranks.length; row++) {
            Binary text = Objects.requireNonNull(texts[starts[row]], "a column that orders rows has no nulls");
            keys[row] = text.getBytesUnsafe();
            numberOf.put(keys[row], 0);
        }
        int next = 0;
        for (var entry : numberOf.entrySet()) {
            entry.setValue(next++);
        }
        for (int row = 0; row < ranks.length; row++) {
            ranks[row] = Objects.requireNonNull(numberOf.get(keys[row]));
        }
        return ranks;
    }

    /** Writes the rows that come to stand at [from, to), which are among those that were decoded. */
    void write(int from, int to, ColumnWriter out, ColumnWriteStore store) {
        for (int i = from - begin; i < to - begin; i++) {
            for (int at = starts[i]; at < ends[i]; at++) {
                write(at, out);
            }
            store.endRecord();
        }
    }

    private void write(int at, ColumnWriter out) {
        int repetition = repetitions[at];
        int definition = definitions[at];
        if (definition < present) {
            out.writeNull(repetition, definition);
            return;
        }
        switch (type) {
            case INT32 -> out.write((int) numbers[at], repetition, definition);
            case INT64 -> out.write(numbers[at], repetition, definition);
            case BOOLEAN -> out.write(numbers[at] != 0, repetition, definition);
            case FLOAT -> out.write(Float.intBitsToFloat((int) numbers[at]), repetition, definition);
            case DOUBLE -> out.write(Double.longBitsToDouble(numbers[at]), repetition, definition);
            default -> out.write(Objects.requireNonNull(texts[at]), repetition, definition);
        }
    }

    private void add(SourceFile.Values values) {
        ColumnReader in = values.reader();
        for (long i = 0; i < values.count(); i++) {
            int repetition = in.getCurrentRepetitionLevel();
            int definition = in.getCurrentDefinitionLevel();
            if (repetition == 0) {
                beginRow();
            }
            if (kept >= 0) {
                level(repetition, definition);
                if (definition == present) {
                    put(in);
                }
                ends[kept] = ++size;
            } else if (definition == present) {
                in.skip();
            }
            in.consume();
        }
    }

    private void beginRow() {
        int place = places[rows++];
        kept = place >= begin && place < end ? place - begin : -1;
        if (kept >= 0) {
            starts[kept] = size;
        }
    }

    private void level(int repetition, int definition) {
        if (size == definitions.length) {
            grow(size + size / 2 + 1);
        }
        repetitions[size] = (byte) repetition;
        definitions[size] = (byte) definition;
    }

    private void put(ColumnReader in) {
        switch (type) {
            case INT32 -> numbers[size] = in.getInteger();
            case INT64 -> numbers[size] = in.getLong();
            case BOOLEAN -> numbers[size] = in.getBoolean() ? 1 : 0;
            case FLOAT -> numbers[size] = Float.floatToRawIntBits(in.getFloat());
            case DOUBLE -> numbers[size] = Double.doubleToRawLongBits(in.getDouble());
            default -> texts[size] = text(in.getBinary());
        }
    }

    /** A part of a page would keep the whole page, of which most rows may be others'. */
    private Binary text(Binary found) {
        return end - begin < places.length ? Binary.fromConstantByteArray(found.getBytes()) : found;
    }

    private void addAbsent(long count) {
        for (long i = 0; i < count; i++) {
            beginRow();
            if (kept >= 0) {
                level(0, 0);
                ends[kept] = ++size;
            }
        }
    }

    private void grow(int capacity) {
        repetitions = Arrays.copyOf(repetitions, capacity);
        definitions = Arrays.copyOf(definitions, capacity);
        if (isText()) {
            texts = Arrays.copyOf(texts, capacity);
        } else {
            numbers = Arrays.copyOf(numbers, capacity);
        }
    }

    private boolean isText() {
        return switch (type) {
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> true;
            default -> false;
        };
    }
}
