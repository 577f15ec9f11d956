package riskcluster.lakehouse.column;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/** The values of one column of one file, in memory until the file is closed, and then used again for the next. */
abstract class ColumnValues {

    /** Readers skip by page, so a page should not be the whole file; each has a header and an entry in two indexes. */
    static final int ROWS_PER_PAGE = 20_000;

    private final ColumnDescriptor column;
    private final int present;
    private final boolean bounded;
    private final Levels repetitions;
    private final Levels definitions;

    /** Where each page but the first begins, as level, value and byte, one after the other. */
    private int[] marks = new int[3];

    private int pages;
    private int values;

    /** Of the file that is written; none where it has none. */
    private @Nullable Statistics<?> bounds;

    /** @param bounded whether the file's footer tells the smallest and the greatest value */
    ColumnValues(ColumnDescriptor column, boolean bounded) {
        this.column = column;
        this.present = column.getMaxDefinitionLevel();
        this.bounded = bounded;
        this.repetitions = new Levels(column.getMaxRepetitionLevel());
        this.definitions = new Levels(present);
    }

    /** One value is there; returns its index. */
    final int present(int repetition) {
        repetitions.add(repetition);
        definitions.add(present);
        return values++;
    }

    /** A list of so many values is there; returns the index of its first. */
    final int presentList(int count) {
        repetitions.add(0);
        repetitions.add(1, count - 1);
        definitions.add(present, count);
        values += count;
        return values - count;
    }

    /** One value is missing, at the outermost level that can be. */
    final void absent() {
        repetitions.add(0);
        definitions.add(0);
    }

    /** An optional value inside a list is missing. */
    final void absentInside(int repetition) {
        repetitions.add(repetition);
        definitions.add(present - 1);
    }

    /** How many values there are, missing ones not counted. */
    final int values() {
        return values;
    }

    final ColumnDescriptor column() {
        return column;
    }

    /** The next row begins a new page. */
    final void beginPage() {
        int at = pages++ * 3;
        if (at == marks.length) {
            marks = Arrays.copyOf(marks, at * 2);
        }
        marks[at] = definitions.size();
        marks[at + 1] = values;
        marks[at + 2] = bytePosition();
    }

    /** Forgets all values and keeps the memory. */
    final void clear() {
        repetitions.clear();
        definitions.clear();
        pages = 0;
        values = 0;
        clearValues();
    }

    /** Writes the column of a file with so many rows. */
    final void write(ParquetFileWriter file, ZstdPages zstd, int rows) throws IOException {
        file.startColumn(column, definitions.size(), CompressionCodecName.ZSTD);
        var dictionary = prepare();
        bounds = bounded && values > 0 ? bounds() : null;
        if (dictionary != null) {
            var compressed = zstd.compress(dictionary.bytes());
            file.writeDictionaryPage(
                    new DictionaryPage(compressed, dictionary.bytes().size(), dictionary.entries(), Encoding.PLAIN));
        }
        var encoding = dictionary == null ? Encoding.PLAIN : Encoding.RLE_DICTIONARY;
        for (int page = 0; page <= pages; page++) {
            int begun = page * ROWS_PER_PAGE;
            writePage(file, zstd, page, Math.min(rows - begun, ROWS_PER_PAGE), encoding);
        }
        file.endColumn();
    }

    private void writePage(ParquetFileWriter file, ZstdPages zstd, int page, int rows, Encoding encoding)
            throws IOException {
        int fromLevel = mark(page, 0, 0);
        int toLevel = mark(page + 1, 0, definitions.size());
        int fromValue = mark(page, 1, 0);
        int toValue = mark(page + 1, 1, values);
        var plain = zstd.page();
        plain.clear();
        repetitions.write(plain, fromLevel, toLevel);
        definitions.write(plain, fromLevel, toLevel);
        encode(plain, fromValue, toValue, mark(page, 2, 0), mark(page + 1, 2, bytePosition()));
        BytesInput compressed = zstd.compress(plain);
        file.writeDataPage(
                toLevel - fromLevel,
                plain.size(),
                compressed,
                statistics(toLevel - fromLevel - (toValue - fromValue)),
                rows,
                Encoding.RLE,
                Encoding.RLE,
                encoding);
    }

    private int mark(int page, int kind, int end) {
        if (page == 0) {
            return 0;
        }
        return page > pages ? end : marks[(page - 1) * 3 + kind];
    }

    /** The bounds are those of the whole column: good for every page of it. */
    private @Nullable Statistics<?> statistics(int nulls) {
        if (!bounded) {
            return null;
        }
        var statistics = Statistics.createStats(column.getPrimitiveType());
        if (bounds != null) {
            statistics.mergeStatistics(bounds);
        }
        statistics.incrementNumNulls(nulls);
        return statistics;
    }

    private Statistics<?> bounds() {
        var statistics = Statistics.createStats(column.getPrimitiveType());
        bounds(statistics);
        return statistics;
    }

    /** A column's distinct values in Parquet's plain form. */
    record Dictionary(PageBytes bytes, int entries) {}

    /** Called once before the pages are written; a dictionary where that is smaller than the values themselves. */
    @Nullable
    Dictionary prepare() {
        return null;
    }

    /** Writes the values [from, to), which stand in the bytes [fromByte, toByte) where there are such. */
    abstract void encode(PageBytes out, int from, int to, int fromByte, int toByte);

    /** Tells the smallest and the greatest value, of which there is at least one. */
    abstract void bounds(Statistics<?> statistics);

    /** What the column knows beside the values, which are overwritten. */
    void clearValues() {}

    /** Bytes that the file will take for this column before compression, roughly. */
    abstract long roughBytes();

    /** Where the next value will stand, for columns that keep bytes. */
    int bytePosition() {
        return 0;
    }
}
