package riskcluster.lakehouse.merge;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** One column of many row groups, decoded, so that its rows can be written in another order. */
final class ColumnValues {

    private final PrimitiveTypeName type;
    private final int present;
    private byte[] repetitions = new byte[0];
    private byte[] definitions = new byte[0];
    private long[] numbers = new long[0];
    private @Nullable Binary[] texts = new Binary[0];

    /** Where each row begins; the rows of a column without lists have one value each. */
    private final int[] starts;

    private int size;
    private int rows;

    private ColumnValues(ColumnDescriptor column, int rowCount) {
        this.type = column.getPrimitiveType().getPrimitiveTypeName();
        this.present = column.getMaxDefinitionLevel();
        this.starts = new int[rowCount + 1];
    }

    /** Decodes the column of all these groups. */
    static ColumnValues read(List<SourceFile.Group> groups, ColumnDescriptor column) {
        long rows = groups.stream().mapToLong(SourceFile.Group::rows).sum();
        var values = new ColumnValues(column, Math.toIntExact(rows));
        int fieldId = column.getPrimitiveType().getId().intValue();
        for (SourceFile.Group group : groups) {
            Optional<SourceFile.Values> found = group.column(fieldId);
            values.reserve(found.map(SourceFile.Values::count).orElse(group.rows()));
            if (found.isPresent()) {
                values.add(found.get());
            } else {
                values.addAbsent(group.rows());
            }
        }
        values.starts[values.rows] = values.size;
        return values;
    }

    /** Where each row's one value stands in the column's order: equal values have equal ranks. */
    long[] ranks() {
        var ranks = new long[rows];
        if (!isText()) {
            for (int row = 0; row < rows; row++) {
                ranks[row] = numbers[starts[row]];
            }
            return ranks;
        }
        var numberOf = new TreeMap<byte[], Integer>(Arrays::compareUnsigned);
        var keys = new byte[rows][];
        for (int row = 0; row < rows; row++) {
            Binary text = Objects.requireNonNull(texts[starts[row]], "a column that orders rows has no nulls");
            keys[row] = text.getBytesUnsafe();
            numberOf.put(keys[row], 0);
        }
        int next = 0;
        for (var entry : numberOf.entrySet()) {
            entry.setValue(next++);
        }
        for (int row = 0; row < rows; row++) {
            ranks[row] = Objects.requireNonNull(numberOf.get(keys[row]));
        }
        return ranks;
    }

    /** Writes the rows {@code order[from]} to {@code order[to - 1]}. */
    void write(int[] order, int from, int to, ColumnWriter out, ColumnWriteStore store) {
        for (int i = from; i < to; i++) {
            int end = starts[order[i] + 1];
            for (int at = starts[order[i]]; at < end; at++) {
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
                starts[rows++] = size;
            }
            repetitions[size] = (byte) repetition;
            definitions[size] = (byte) definition;
            if (definition == present) {
                put(in);
            }
            size++;
            in.consume();
        }
    }

    private void put(ColumnReader in) {
        switch (type) {
            case INT32 -> numbers[size] = in.getInteger();
            case INT64 -> numbers[size] = in.getLong();
            case BOOLEAN -> numbers[size] = in.getBoolean() ? 1 : 0;
            case FLOAT -> numbers[size] = Float.floatToRawIntBits(in.getFloat());
            case DOUBLE -> numbers[size] = Double.doubleToRawLongBits(in.getDouble());
            default -> texts[size] = in.getBinary();
        }
    }

    private void addAbsent(long count) {
        for (long i = 0; i < count; i++) {
            starts[rows++] = size++;
        }
    }

    private void reserve(long more) {
        int needed = Math.toIntExact(size + more);
        if (needed > definitions.length) {
            int capacity = Math.max(needed, Math.min(definitions.length * 2, Integer.MAX_VALUE - 8));
            repetitions = Arrays.copyOf(repetitions, capacity);
            definitions = Arrays.copyOf(definitions, capacity);
            if (isText()) {
                texts = Arrays.copyOf(texts, capacity);
            } else {
                numbers = Arrays.copyOf(numbers, capacity);
            }
        }
    }

    private boolean isText() {
        return switch (type) {
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> true;
            default -> false;
        };
    }
}
