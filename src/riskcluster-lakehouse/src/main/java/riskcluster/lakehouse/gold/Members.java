package riskcluster.lakehouse.gold;

import java.util.Arrays;

/** Which numbers belong to which cell, each once, and how often each came. */
final class Members {

    private static final int NOTHING = -1;
    private static final int INITIAL = 256;

    /** Cell in the upper half, member in the lower. */
    private long[] pairs = new long[INITIAL];

    private int[] times = new int[INITIAL];

    /** The entry before it in the same cell. */
    private int[] previous = new int[INITIAL];

    /** Open addressing over entries + 1; a power of two, at most half full. */
    private int[] places = new int[2 * INITIAL];

    /** The last entry of each cell. */
    private int[] lasts = new int[INITIAL];

    private int[] counts = new int[INITIAL];
    private int size;

    /** Cells begin in the order of their numbers. */
    void beginCell(int cell) {
        if (cell == lasts.length) {
            lasts = Arrays.copyOf(lasts, 2 * cell);
            counts = Arrays.copyOf(counts, 2 * cell);
        }
        lasts[cell] = NOTHING;
    }

    void add(int cell, int member) {
        long pair = (long) cell << Integer.SIZE | member;
        int place = place(pair);
        if (places[place] == 0) {
            if (size == pairs.length) {
                grow();
                place = place(pair);
            }
            pairs[size] = pair;
            previous[size] = lasts[cell];
            lasts[cell] = size;
            counts[cell]++;
            places[place] = ++size;
        }
        times[places[place] - 1]++;
    }

    int count(int cell) {
        return counts[cell];
    }

    /** The cell's last entry; below 0 where it has none. */
    int last(int cell) {
        return lasts[cell];
    }

    /** The entry before this one in its cell; below 0 where it was the first. */
    int previous(int entry) {
        return previous[entry];
    }

    int member(int entry) {
        return (int) pairs[entry];
    }

    int times(int entry) {
        return times[entry];
    }

    private int place(long pair) {
        int place = (int) IdHash.mix(pair) & (places.length - 1);
        while (places[place] != 0 && pairs[places[place] - 1] != pair) {
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }

    private void grow() {
        pairs = Arrays.copyOf(pairs, 2 * size);
        times = Arrays.copyOf(times, 2 * size);
        previous = Arrays.copyOf(previous, 2 * size);
        places = new int[2 * pairs.length];
        for (int i = 0; i < size; i++) {
            places[place(pairs[i])] = i + 1;
        }
    }
}
