package riskcluster.lakehouse.column;

import java.util.Arrays;

/** For each value of a column, its place in the dictionary. */
final class Ids {

    private static final int FIRST_CAPACITY = 1_024;

    private int[] ids = new int[FIRST_CAPACITY];

    int at(int index) {
        return ids[index];
    }

    /** A value's id, of one that has one already or of the next. */
    void set(int index, int id) {
        if (index == ids.length) {
            ids = Arrays.copyOf(ids, index * 2);
        }
        ids[index] = id;
    }

    /** Writes the ids [from, to) as a page of dictionary indexes has them: their width in bits, then the runs. */
    void encode(PageBytes out, int from, int to, int distinct) {
        int width = Runs.width(distinct - 1);
        out.int8(width);
        Runs.of(out, ids, from, to, width);
    }

    /** Bytes that {@code count} ids take, of a dictionary with so many entries. */
    static long bytes(int count, int distinct) {
        return (long) count * Runs.width(distinct) / Byte.SIZE;
    }
}
