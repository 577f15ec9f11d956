package riskcluster.lakehouse.gold;

import java.time.Duration;

/**
 * How long a late record corrects its windows: until seven days after their end, by the watermark of its own partition
 * with the record itself in it.
 */
final class Correction {

    static final long PERIOD_MICROS = Duration.ofDays(7).toNanos() / 1_000;

    /** The mask of a record that counts in all of its windows. */
    static final int ALL = 0xf;

    /** Windows that reach beyond what a long holds are nobody's. */
    private static final long EDGE_MICROS = Duration.ofDays(1).toNanos() / 1_000;

    private Correction() {}

    /** In which windows of the cube's tables a record of this time counts, by the bits of {@link WindowedTable#bit}. */
    static int mask(Cube cube, long micros, long watermarkMicros) {
        if (micros < Long.MIN_VALUE + EDGE_MICROS || micros > Long.MAX_VALUE - EDGE_MICROS) {
            return 0;
        }
        long open = openFrom(watermarkMicros);
        return micros >= open ? ALL : lateMask(cube, micros, open);
    }

    /** Windows that end here or later take records still. */
    private static long openFrom(long watermarkMicros) {
        return watermarkMicros < Long.MIN_VALUE + PERIOD_MICROS ? Long.MIN_VALUE : watermarkMicros - PERIOD_MICROS;
    }

    private static int lateMask(Cube cube, long micros, long open) {
        int mask = 0;
        boolean every = true;
        for (WindowedTable table : WindowedTable.of(cube)) {
            for (int back = 0; back < table.windows(); back++) {
                if (table.windowStart(micros, back) + table.lengthMicros() >= open) {
                    mask |= table.bit(back);
                } else {
                    every = false;
                }
            }
        }
        return every ? ALL : mask;
    }
}
