package riskcluster.lakehouse.gold;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * One file of a windowed table.
 *
 * @param first start of its first window
 * @param last start of its last window
 */
record Leaf(DataFile file, long first, long last) {

    /** Of the column window_start, in every windowed table. */
    private static final int WINDOW_START_ID = 1;

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** From a file's entry in its manifest; a file without bounds may hold any window of its day. */
    static Leaf of(DataFile file) {
        long dayStart = day(file) * MICROS_PER_DAY;
        return new Leaf(
                file, bound(file.lowerBounds(), dayStart), bound(file.upperBounds(), dayStart + MICROS_PER_DAY - 1));
    }

    int day() {
        return day(file);
    }

    static int dayOf(long micros) {
        return Math.toIntExact(Math.floorDiv(micros, MICROS_PER_DAY));
    }

    private static int day(DataFile file) {
        return file.partition().get(0, Integer.class);
    }

    private static long bound(@Nullable Map<Integer, ByteBuffer> bounds, long unknown) {
        ByteBuffer bound = bounds == null ? null : bounds.get(WINDOW_START_ID);
        return bound == null ? unknown : Conversions.<Long>fromByteBuffer(Types.TimestampType.withZone(), bound);
    }
}
