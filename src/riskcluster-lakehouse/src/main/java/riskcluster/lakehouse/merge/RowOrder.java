package riskcluster.lakehouse.merge;

import java.util.List;

/** The order in which rows are written that are sorted by some of their columns. */
final class RowOrder {

    private final List<long[]> ranks;
    private final int rows;

    private RowOrder(List<long[]> ranks) {
        this.ranks = ranks;
        this.rows = ranks.getFirst().length;
    }

    /**
     * The numbers of the rows, in order; rows that are equal keep the order they had.
     *
     * @param ranks one for each sort column, the first counts most; each with an entry for every row
     */
    static int[] of(List<long[]> ranks) {
        return new RowOrder(ranks).sorted();
    }

    private int[] sorted() {
        var from = new int[rows];
        var to = new int[rows];
        for (int i = 0; i < rows; i++) {
            from[i] = i;
        }
        for (int width = 1; width < rows && width > 0; width *= 2) {
            for (int start = 0; start < rows; start += 2 * width) {
                merge(from, to, start, Math.min(start + width, rows), Math.min(start + 2 * width, rows));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private void merge(int[] from, int[] to, int start, int middle, int end) {
        if (middle == end || compare(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = left < middle && (right == end || compare(from[left], from[right]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private int compare(int row, int other) {
        for (long[] one : ranks) {
            int order = Long.compare(one[row], one[other]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
