package riskcluster.lakehouse.column;

/**
 * Parquet's hybrid of run length and bit packing (Parquet format, "RLE/bit-packing hybrid"). Numbers that are all equal
 * become one run; others are packed, since zstd finds their repetitions afterwards at less cost.
 */
final class Runs {

    private static final int GROUP = 8;

    private Runs() {}

    /** The number of bits that hold every number up to {@code max}; at least 1, which every reader understands. */
    static int width(int max) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(max));
    }

    /** Writes the same number {@code count} times. */
    static void same(PageBytes out, int value, int count, int width) {
        out.varint(count << 1);
        out.lowest(value, (width + Byte.SIZE - 1) / Byte.SIZE);
    }

    /** Writes the numbers [from, to). */
    static void of(PageBytes out, int[] values, int from, int to, int width) {
        if (from < to && areSame(values, from, to)) {
            same(out, values[from], to - from, width);
            return;
        }
        int groups = (to - from + GROUP - 1) / GROUP;
        out.varint(groups << 1 | 1);
        long packed = 0;
        int bits = 0;
        for (int i = from; i < from + groups * GROUP; i++) {
            packed |= (i < to ? (long) values[i] : 0L) << bits;
            bits += width;
            if (bits >= Integer.SIZE) {
                out.int32((int) packed);
                packed >>>= Integer.SIZE;
                bits -= Integer.SIZE;
            }
        }
        out.lowest(packed, bits / Byte.SIZE); // groups of eight end at a whole byte
    }

    /** Writes the numbers [from, to). */
    static void of(PageBytes out, byte[] values, int from, int to, int width) {
        if (from < to && areSame(values, from, to)) {
            same(out, values[from], to - from, width);
            return;
        }
        int groups = (to - from + GROUP - 1) / GROUP;
        out.varint(groups << 1 | 1);
        for (int i = from; i < from + groups * GROUP; i += GROUP) {
            long packed = 0;
            int end = Math.min(to, i + GROUP);
            for (int at = i; at < end; at++) {
                packed |= (long) values[at] << (at - i) * width;
            }
            out.lowest(packed, width);
        }
    }

    private static boolean areSame(int[] values, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (values[i] != values[from]) {
                return false;
            }
        }
        return true;
    }

    private static boolean areSame(byte[] values, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (values[i] != values[from]) {
                return false;
            }
        }
        return true;
    }
}
