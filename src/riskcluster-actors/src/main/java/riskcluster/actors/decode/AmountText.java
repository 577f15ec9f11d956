package riskcluster.actors.decode;

/** Reads a decimal number's letters as an exact amount; an exponent is added up, never expanded. */
final class AmountText {
    /** Below 0. */
    static final long NEGATIVE = -1;
    /** More than 14 digits before or 4 after the point. */
    static final long NOT_REPRESENTABLE = -2;

    private static final int DIGITS_MAX = 18;
    private static final int PLACES_AFTER_POINT = 4;
    /** Larger than any exponent that the digits of a value of 1 MiB could make up for. */
    private static final long EXPONENT_MAX = 1L << 40;

    private static final long[] POWERS = powers();

    private AmountText() {}

    /**
     * The amount in units of 10<sup>-4</sup>, or {@link #NEGATIVE}, or {@link #NOT_REPRESENTABLE}.
     *
     * @param in holds a JSON number from {@code start} to {@code end}
     */
    static long units(byte[] in, int start, int end) {
        boolean negative = in[start] == '-';
        long digits = 0; // the significant ones up to the last that is not 0
        long zerosPending = 0;
        int significant = 0;
        long places = 0; // of the last significant digit, after the point
        long pointAt = -1;
        int at = negative ? start + 1 : start;
        int first = at;
        for (; at < end && in[at] != 'e' && in[at] != 'E'; at++) {
            byte c = in[at];
            if (c == '.') {
                pointAt = at;
            } else if (c == '0') {
                zerosPending += digits == 0 ? 0 : 1;
            } else {
                significant += (int) zerosPending + 1;
                if (significant > DIGITS_MAX) {
                    return negative ? NEGATIVE : NOT_REPRESENTABLE;
                }
                digits = digits * POWERS[(int) zerosPending + 1] + (c - '0');
                zerosPending = 0;
                places = pointAt < 0 ? first - at - 1 : at - pointAt;
            }
        }
        if (digits == 0) {
            return 0;
        }
        if (negative) {
            return NEGATIVE;
        }
        long wholeLength = pointAt < 0 ? at - first : pointAt - first;
        long power = (places > 0 ? -places : wholeLength + places) + exponent(in, at + 1, end);
        if (power < -PLACES_AFTER_POINT || significant + power > DIGITS_MAX - PLACES_AFTER_POINT) {
            return NOT_REPRESENTABLE;
        }
        return digits * POWERS[(int) power + PLACES_AFTER_POINT];
    }

    private static long exponent(byte[] in, int start, int end) {
        long exponent = 0;
        boolean negative = start < end && in[start] == '-';
        for (int at = start; at < end; at++) {
            byte c = in[at];
            if (c >= '0' && c <= '9') {
                exponent = Math.min(EXPONENT_MAX, exponent * 10 + (c - '0'));
            }
        }
        return negative ? -exponent : exponent;
    }

    private static long[] powers() {
        var powers = new long[DIGITS_MAX + 1];
        powers[0] = 1;
        for (int i = 1; i <= DIGITS_MAX; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
