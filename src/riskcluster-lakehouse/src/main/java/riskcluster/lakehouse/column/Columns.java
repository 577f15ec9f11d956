package riskcluster.lakehouse.column;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/**
 * The columns of one file, handed out in the order of the table; asking for another one is a bug. Inside lists the path
 * has Parquet's own steps, {@code features.list.element}.
 */
public final class Columns {

    /** What so many rows need is not worth letting go. */
    private static final int ROWS_ALWAYS_KEPT = 2_000;

    private static final int MEMORY_PER_USE_MAX = 4;

    private final List<ColumnDescriptor> descriptors;
    private final Predicate<ColumnDescriptor> bounded;
    private final List<ColumnValues> columns = new ArrayList<>();
    private int rows;
    private int rowsOfLargest;
    private int rowsOfLargestLately;

    /** @param bounded whether the footer tells the smallest and the greatest value of a column */
    public Columns(MessageType schema, Predicate<ColumnDescriptor> bounded) {
        this.descriptors = schema.getColumns();
        this.bounded = bounded;
    }

    /** Texts that repeat. */
    public Texts texts(String path) {
        return next(path, Texts::new);
    }

    /** Numbers that repeat. */
    public Numbers numbers(String path) {
        return next(path, Numbers::new);
    }

    /** 64-bit numbers that hardly repeat. */
    public PlainNumbers plainNumbers(String path) {
        return next(path, PlainNumbers::new);
    }

    /** 128-bit numbers. */
    public WideNumbers wideNumbers(String path) {
        return next(path, WideNumbers::new);
    }

    /** Bytes or texts that hardly repeat. */
    public PlainBytes plainBytes(String path) {
        return next(path, PlainBytes::new);
    }

    public Flags flags(String path) {
        return next(path, Flags::new);
    }

    public Reals reals(String path) {
        return next(path, Reals::new);
    }

    public Singles singles(String path) {
        return next(path, Singles::new);
    }

    public Vectors vectors(String path) {
        return next(path, Vectors::new);
    }

    private <C extends ColumnValues> C next(String path, BiFunction<ColumnDescriptor, Boolean, C> maker) {
        var descriptor = descriptors.get(columns.size());
        String actual = String.join(".", descriptor.getPath());
        if (!actual.equals(path)) {
            throw new IllegalStateException("the next column is " + actual + ", not " + path);
        }
        var column = maker.apply(descriptor, bounded.test(descriptor));
        columns.add(column);
        return column;
    }

    /** Checks that every column was handed out. */
    public void complete() {
        if (columns.size() != descriptors.size()) {
            throw new IllegalStateException("column " + descriptors.get(columns.size()) + " has no encoder");
        }
    }

    /** Every column has its value of the row. */
    public void endRow() {
        rows++;
    }

    /** Every column has its values of so many rows, with which no page ends but by the last of them. */
    public void endRows(int count) {
        rows += count;
    }

    /** So many rows at most may be added column by column at once: pages begin at multiples of it. */
    public static int rowsAtOnce() {
        return ColumnValues.ROWS_PER_PAGE / 40;
    }

    /** To be called before each row, or before rows that are added at once. */
    public void beginRow() {
        if (rows > 0 && rows % ColumnValues.ROWS_PER_PAGE == 0) {
            columns.forEach(ColumnValues::beginPage);
        }
    }

    public int rows() {
        return rows;
    }

    /** Bytes of all columns before compression, roughly. */
    public long roughBytes() {
        long bytes = 0;
        for (var column : columns) {
            bytes += column.roughBytes();
        }
        return bytes;
    }

    /** Writes one row group with every row. */
    public void write(ParquetFileWriter file, ZstdPages zstd) throws IOException {
        file.startBlock(rows);
        for (var column : columns) {
            column.write(file, zstd, rows);
        }
        file.endBlock();
    }

    /** Forgets all rows and keeps the memory for those of the next file. */
    public void clear() {
        rowsOfLargest = Math.max(rowsOfLargest, rows);
        rowsOfLargestLately = Math.max(rowsOfLargestLately, rows);
        rows = 0;
        columns.forEach(ColumnValues::clear);
    }

    /** Rows of the largest file that these columns have held, for which there is memory. */
    public int rowsOfLargest() {
        return rowsOfLargest;
    }

    /** Whether files since the last call have used only a small part of the memory that is kept for the next. */
    public boolean wasFarTooLarge() {
        boolean tooLarge = rowsOfLargest > ROWS_ALWAYS_KEPT && rowsOfLargestLately < rowsOfLargest / MEMORY_PER_USE_MAX;
        rowsOfLargestLately = 0;
        return tooLarge;
    }
}
