package riskcluster.lakehouse.write;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The columns of files that were closed, kept for the next files of their tables: large arrays need not be made anew
 * for each file. What many checkpoints in a row had no use for is let go, so that a catch-up leaves no memory behind.
 */
final class SpareSheets {

    /** Records that jump between days do not need more. */
    private static final int KEPT_MAX = 2;

    /**
     * One checkpoint says little: where a day ends a file of the old day and one of the new share it, and neither uses what
     * the next will. Memory let go there was grown anew, and was two thirds of what reached the old generation in a catch-up.
     */
    static final int CHECKPOINTS_A_LOOK = 4;

    private final Map<TableLayout<?>, Shelf> shelves = new HashMap<>();
    private int checkpoints;

    /** A kept one where there is one. */
    @SuppressWarnings("unchecked") // a layout's sheets are its own
    <R extends Rows> Sheet<R> take(TableLayout<R> layout) {
        var shelf = shelf(layout);
        var sheet = shelf.sheets.pollLast();
        shelf.untouched = Math.min(shelf.untouched, shelf.sheets.size());
        return sheet == null ? layout.sheet() : (Sheet<R>) sheet;
    }

    /** Keeps one, unless there are enough. */
    void keep(TableLayout<?> layout, Sheet<?> sheet) {
        var shelf = shelf(layout);
        if (shelf.sheets.size() < KEPT_MAX) {
            shelf.add(sheet);
        }
    }

    /** Now and then lets go what was not taken since the last time, and what is far too large for what was written since. */
    void checkpointEnded() {
        if (++checkpoints % CHECKPOINTS_A_LOOK != 0) {
            return;
        }
        for (Shelf shelf : shelves.values()) {
            for (; shelf.untouched > 0; shelf.untouched--) {
                shelf.sheets.removeFirst();
            }
            shelf.sheets.removeIf(sheet -> sheet.columns().wasFarTooLarge());
            shelf.untouched = shelf.sheets.size();
        }
    }

    void clear() {
        shelves.clear();
    }

    private Shelf shelf(TableLayout<?> layout) {
        return shelves.computeIfAbsent(layout, first -> new Shelf());
    }

    /**
     * The sheets of one table, the largest at the end; the first of them were not touched since the last look. Where a day
     * ends, two files share a checkpoint: the next one should not grow the smaller one's columns and let the larger go.
     */
    private static final class Shelf {
        private final ArrayDeque<Sheet<?>> sheets = new ArrayDeque<>(KEPT_MAX);
        private int untouched;

        private void add(Sheet<?> sheet) {
            var largest = sheets.peekLast();
            if (largest != null
                    && largest.columns().rowsOfLargest() > sheet.columns().rowsOfLargest()) {
                sheets.addFirst(sheet);
            } else {
                sheets.addLast(sheet);
            }
        }
    }
}
