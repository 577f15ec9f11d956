package riskcluster.lakehouse.write;

import java.nio.charset.StandardCharsets;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** One column of one file. A value goes straight into Parquet's encoder: no row object stands between. */
final class ColumnSink {

    /** A power of two; few columns repeat more values than this within a file. */
    private static final int REMEMBERED = 64;

    private final ColumnWriter column;

    /** The definition level of a value that is there. */
    private final int present;

    private final @Nullable String[] texts = new String[REMEMBERED];
    private final @Nullable Binary[] encoded = new Binary[REMEMBERED];

    ColumnSink(ColumnWriter column, int present) {
        this.column = column;
        this.present = present;
    }

    /** A text that will hardly come again. */
    void unique(String value) {
        column.write(encode(value), 0, present);
    }

    /** A text that comes again and again, so that its encoded form is kept. */
    void text(@Nullable String value) {
        if (value == null) {
            column.writeNull(0, 0);
        } else {
            column.write(remembered(value), 0, present);
        }
    }

    void text(String value, int repetition) {
        column.write(remembered(value), repetition, present);
    }

    void bytes(byte @Nullable [] value) {
        bytes(value, 0);
    }

    void bytes(byte @Nullable [] value, int repetition) {
        if (value == null) {
            column.writeNull(repetition, present - 1);
        } else {
            column.write(Binary.fromConstantByteArray(value), repetition, present);
        }
    }

    void number(int value) {
        column.write(value, 0, present);
    }

    void number(int value, int repetition) {
        column.write(value, repetition, present);
    }

    void number(long value) {
        column.write(value, 0, present);
    }

    void flag(boolean value) {
        column.write(value, 0, present);
    }

    void flag(@Nullable Boolean value) {
        if (value == null) {
            column.writeNull(0, 0);
        } else {
            column.write(value.booleanValue(), 0, present);
        }
    }

    /** NaN is written as no value. */
    void real(double value) {
        if (Double.isNaN(value)) {
            column.writeNull(0, 0);
        } else {
            column.write(value, 0, present);
        }
    }

    void real(float value, int repetition) {
        column.write(value, repetition, present);
    }

    /** A list without elements, where this column lies in a required list. */
    void emptyList() {
        column.writeNull(0, 0);
    }

    private Binary remembered(String value) {
        int hash = value.hashCode();
        int place = (hash ^ (hash >>> 16)) & (REMEMBERED - 1);
        Binary known = encoded[place];
        if (known != null && value.equals(texts[place])) {
            return known;
        }
        Binary fresh = encode(value);
        texts[place] = value;
        encoded[place] = fresh;
        return fresh;
    }

    private static Binary encode(String value) {
        return Binary.fromConstantByteArray(value.getBytes(StandardCharsets.UTF_8));
    }
}
