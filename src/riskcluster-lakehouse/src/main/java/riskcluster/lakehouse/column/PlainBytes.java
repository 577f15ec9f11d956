package riskcluster.lakehouse.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** A column of bytes or texts that hardly repeat; they lie in memory as they will lie in the page. */
public final class PlainBytes extends ColumnValues {

    private final PageBytes bytes = new PageBytes();

    PlainBytes(ColumnDescriptor column, boolean bounded) {
        super(column, bounded);
    }

    public void add(String text) {
        add(text.getBytes(UTF_8));
    }

    /** Some bytes, or none. */
    public void add(byte @Nullable [] value) {
        if (value == null) {
            absent();
        } else {
            present(0);
            bytes.lengthAndBytes(value);
        }
    }

    /** @param repetition 0 for the first of a list, 1 for each further one */
    public void add(byte @Nullable [] value, int repetition) {
        if (value == null) {
            absentInside(repetition);
        } else {
            present(repetition);
            bytes.lengthAndBytes(value);
        }
    }

    /** A list without elements. */
    public void addNone() {
        absent();
    }

    @Override
    void encode(PageBytes out, int from, int to, int fromByte, int toByte) {
        out.bytes(bytes.array(), fromByte, toByte - fromByte);
    }

    @Override
    void bounds(Statistics<?> statistics) {
        byte[] all = bytes.array();
        int min = 0;
        int max = 0;
        for (int at = 0; at < bytes.size(); at += Integer.BYTES + bytes.int32At(at)) {
            if (compare(all, at, min) < 0) {
                min = at;
            }
            if (compare(all, at, max) > 0) {
                max = at;
            }
        }
        statistics.updateStats(at(all, min));
        statistics.updateStats(at(all, max));
    }

    private int compare(byte[] all, int one, int other) {
        int first = one + Integer.BYTES;
        int second = other + Integer.BYTES;
        return Arrays.compareUnsigned(
                all, first, first + bytes.int32At(one), all, second, second + bytes.int32At(other));
    }

    private Binary at(byte[] all, int place) {
        int from = place + Integer.BYTES;
        return Binary.fromConstantByteArray(Arrays.copyOfRange(all, from, from + bytes.int32At(place)));
    }

    @Override
    void clearValues() {
        bytes.clear();
    }

    @Override
    long roughBytes() {
        return bytes.size();
    }

    @Override
    int bytePosition() {
        return bytes.size();
    }
}
