package riskcluster.node.bench;

import java.util.Arrays;

/** Times in microseconds, all of them kept: a quantile is one of them, not an estimate. Used by one thread. */
final class Latencies {

    private static final int FIRST_ROOM = 4_096;
    private static final double MICROS_PER_MILLI = 1e3;

    private long[] micros = new long[FIRST_ROOM];
    private int size;

    void add(long one) {
        if (size == micros.length) {
            micros = Arrays.copyOf(micros, size * 2);
        }
        micros[size++] = one;
    }

    /** Tells how many there are, and p50, p99, p99.9 and the longest in milliseconds. */
    void into(Figures figures, String name) {
        if (size == 0) {
            throw new IllegalStateException("nothing was measured of " + name);
        }
        var sorted = Arrays.copyOf(micros, size);
        Arrays.sort(sorted);
        figures.put(name + "_count", size);
        figures.put(name + "_p50_ms", quantile(sorted, 0.5));
        figures.put(name + "_p99_ms", quantile(sorted, 0.99));
        figures.put(name + "_p99.9_ms", quantile(sorted, 0.999));
        figures.put(name + "_max_ms", sorted[size - 1] / MICROS_PER_MILLI);
    }

    private static double quantile(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(0, rank - 1)] / MICROS_PER_MILLI;
    }
}
