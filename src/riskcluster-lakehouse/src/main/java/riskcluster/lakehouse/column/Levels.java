package riskcluster.lakehouse.column;

import java.util.Arrays;

/**
 * The definition or the repetition levels of a column (Dremel's, see the Parquet format, "Nested encoding"). While all
 * are equal only their number is kept.
 */
final class Levels {

    private static final int FIRST_CAPACITY = 1_024;

    private final int max;
    private byte[] levels = new byte[0];
    private int size;
    private byte same;
    private boolean mixed;

    /** @param max the greatest level; 0 where the column has none of this kind */
    Levels(int max) {
        this.max = max;
    }

    int size() {
        return size;
    }

    void add(int level) {
        if (max == 0) {
            size++;
            return;
        }
        if (!mixed) {
            if (size == 0) {
                same = (byte) level;
            }
            if (level == same) {
                size++;
                return;
            }
            mix();
        }
        if (size == levels.length) {
            levels = Arrays.copyOf(levels, size * 2);
        }
        levels[size++] = (byte) level;
    }

    void add(int level, int count) {
        if (!mixed && (size == 0 || level == same)) {
            same = (byte) level;
            size += count;
            return;
        }
        if (!mixed) {
            mix();
        }
        if (size + count > levels.length) {
            levels = Arrays.copyOf(levels, Math.max(levels.length * 2, size + count));
        }
        Arrays.fill(levels, size, size + count, (byte) level);
        size += count;
    }

    private void mix() {
        if (levels.length <= size) {
            levels = new byte[Math.max(FIRST_CAPACITY, size * 2)];
        }
        Arrays.fill(levels, 0, size, same);
        mixed = true;
    }

    void clear() {
        size = 0;
        mixed = false;
    }

    /** How many in [from, to) are at {@code level}. */
    int count(int level, int from, int to) {
        if (!mixed) {
            return same == level ? to - from : 0;
        }
        int count = 0;
        for (int i = from; i < to; i++) {
            if (levels[i] == level) {
                count++;
            }
        }
        return count;
    }

    /** Writes the levels [from, to) as a data page of version 1 has them: length, then runs; nothing where max is 0. */
    void write(PageBytes out, int from, int to) {
        if (max == 0) {
            return;
        }
        int place = out.reserveInt32();
        int before = out.size();
        int width = Runs.width(max);
        if (mixed) {
            Runs.of(out, levels, from, to, width);
        } else {
            Runs.same(out, same, to - from, width);
        }
        out.int32At(place, out.size() - before);
    }
}
