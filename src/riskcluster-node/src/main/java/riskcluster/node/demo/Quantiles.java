package riskcluster.node.demo;

import java.util.Arrays;
import java.util.Locale;

/** Durations in order, in milliseconds. */
final class Quantiles {

    private final long[] sorted;

    Quantiles(long[] millis) {
        sorted = millis.clone();
        Arrays.sort(sorted);
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    /** The smallest that at least this share of all does not exceed (nearest rank). */
    long at(double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** {@code p50 12 ms, p99 40 ms}. */
    String text() {
        return isEmpty() ? "none" : "p50 " + unit(at(0.5)) + ", p99 " + unit(at(0.99));
    }

    private static String unit(long millis) {
        return millis < 10_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }
}
