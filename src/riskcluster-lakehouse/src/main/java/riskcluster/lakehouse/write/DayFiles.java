package riskcluster.lakehouse.write;

import org.jspecify.annotations.Nullable;

/** One table's files in a writer, one for each day; remembers the last, since records of a log stand close in time. */
final class DayFiles<R extends Rows> {

    private final TableLayout<R> layout;
    private final OpenFiles files;
    private @Nullable RowFile<R> current;
    private int currentDay;

    DayFiles(TableLayout<R> layout, OpenFiles files) {
        this.layout = layout;
        this.files = files;
    }

    /** Where a row of this instant goes; {@link #endRow} must follow. */
    R rowsAt(long micros) {
        return at(UtcClock.day(micros)).nextRow();
    }

    /** Where a row of a table goes that is not divided by day; {@link #endRow} must follow. */
    R rows() {
        return at(0).nextRow();
    }

    /** Whether a row of this day goes into a file that is open already. */
    boolean isOpen(int day) {
        RowFile<R> file = current;
        return file != null && day == currentDay && !file.isClosed() || files.isOpen(layout, day);
    }

    /** Ends the row begun last. */
    void endRow() {
        RowFile<R> file = current;
        if (file != null && file.endRow()) {
            files.close(layout, currentDay);
        }
    }

    private RowFile<R> at(int day) {
        RowFile<R> file = current;
        if (file == null || day != currentDay || file.isClosed()) {
            file = files.of(layout, day);
            current = file;
            currentDay = day;
        }
        return file;
    }
}
