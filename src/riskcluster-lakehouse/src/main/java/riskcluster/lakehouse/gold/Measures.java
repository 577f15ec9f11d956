package riskcluster.lakehouse.gold;

import java.util.Map;

/**
 * The sums of a cell or row, as places in an array of longs. An amount's sum is held in two of them, as
 * {@code HIGH_UNITS * 10^18 + UNITS}, since ten amounts that the contract allows do not fit into one.
 */
final class Measures {

    static final int TRANSACTIONS = 0;
    static final int UNITS = 1;
    static final int HIGH_UNITS = 2;
    static final int FLAGGED = 3;
    static final int MEDIUM = 4;
    static final int HIGH = 5;
    static final int CRITICAL = 6;
    static final int HIGH_VALUE = 7;
    static final int COUNT = 8;

    /** More than any amount. */
    static final long UNITS_LIMIT = 1_000_000_000_000_000_000L;

    /** Column names of those that are columns as they are. */
    private static final Map<String, Integer> NAMES = Map.of(
            "transactions", TRANSACTIONS,
            "flagged", FLAGGED,
            "medium", MEDIUM,
            "high", HIGH,
            "critical", CRITICAL,
            "high_value", HIGH_VALUE);

    private Measures() {}

    static boolean isName(String column) {
        return NAMES.containsKey(column);
    }

    /** The measure that is this column. */
    static int of(String column) {
        Integer measure = NAMES.get(column);
        if (measure == null) {
            throw new IllegalArgumentException("no way to fill column " + column);
        }
        return measure;
    }

    /** Adds the other's sums to these. */
    static void addAll(long[] sums, long[] other) {
        for (int i = 0; i < COUNT; i++) {
            sums[i] += other[i];
        }
        carry(sums, 0);
    }

    /** Adds an amount. */
    static void addUnits(long[] sums, int at, long units) {
        sums[at + UNITS] += units;
        carry(sums, at);
    }

    private static void carry(long[] sums, int at) {
        if (sums[at + UNITS] >= UNITS_LIMIT) {
            sums[at + UNITS] -= UNITS_LIMIT;
            sums[at + HIGH_UNITS]++;
        }
    }
}
