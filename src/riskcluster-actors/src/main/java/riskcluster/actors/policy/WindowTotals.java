package riskcluster.actors.policy;

import java.math.BigInteger;

/** Count and exact sum of a customer's transactions in every window up to one of them, itself included. */
public final class WindowTotals {
    private static final int LOW_BITS = 32;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;

    private final int[] counts = new int[Window.COUNT];
    // Amounts are below 2^60 and at most some thousands, so neither half can overflow.
    private final long[] lows = new long[Window.COUNT];
    private final long[] highs = new long[Window.COUNT];

    private int count;
    private long low;
    private long high;

    /** Begins with the transaction itself. */
    public WindowTotals(long amountUnits) {
        add(1, amountUnits);
    }

    /** Adds earlier transactions, to the window that is closed next and to all longer ones. */
    public void add(int transactions, long sumUnits) {
        count += transactions;
        low += sumUnits & LOW_MASK;
        high += sumUnits >>> LOW_BITS;
    }

    /** Ends {@code window} with what was added so far; windows are closed from the shortest to the longest. */
    public void close(Window window) {
        counts[window.ordinal()] = count;
        lows[window.ordinal()] = low;
        highs[window.ordinal()] = high;
    }

    public int count(Window window) {
        return counts[window.ordinal()];
    }

    /** Sum of the amounts in units of 10<sup>-4</sup>. */
    public BigInteger sumUnits(Window window) {
        return BigInteger.valueOf(highs[window.ordinal()])
                .shiftLeft(LOW_BITS)
                .add(BigInteger.valueOf(lows[window.ordinal()]));
    }

    /** As {@link #sumUnits}, rounded once to a double. */
    public double sumUnitsRounded(Window window) {
        long upper = highs[window.ordinal()] + (lows[window.ordinal()] >>> LOW_BITS);
        if (upper < 1L << 30) {
            return (double) ((upper << LOW_BITS) + (lows[window.ordinal()] & LOW_MASK));
        }
        return sumUnits(window).doubleValue();
    }

    /** The average amount in units of the currency; the sum divided by 10<sup>4</sup> and by the count, in double. */
    public double average(Window window) {
        return sumUnitsRounded(window) / 1e4 / count(window);
    }
}
