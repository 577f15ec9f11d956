package riskcluster.lakehouse.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import riskcluster.contracts.ledger.StagedFile;

/**
 * One Parquet file in the making: rows of one table and one day, in one row group. Its columns are held encoded in
 * memory and written when it is closed.
 */
final class RowFile<R extends Rows> {

    /** Encoded bytes after which a file is closed and another begun. */
    private static final long FULL_BYTES = 64L << 20;

    /** The size is looked at once in so many rows, since summing it up over all columns costs as much as a row. */
    private static final int ROWS_PER_LOOK = 1_024;

    private final TableLayout<R> layout;
    private final PartitionData partition;
    private final ParquetOutput output;
    private final ParquetFileWriter writer;
    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore store;
    private final R rows;
    private long rowCount;
    private boolean closed;

    RowFile(TableLayout<R> layout, int day, FileIO io, String name, ZstdPages compressor) throws IOException {
        this.layout = layout;
        this.partition = layout.partition(day);
        this.output = new ParquetOutput(io.newOutputFile(layout.fileLocation(partition, name)));
        var encodings = layout.encodings();
        this.writer = new ParquetFileWriter(
                output, layout.schema(), ParquetFileWriter.Mode.CREATE, FULL_BYTES, 0, null, encodings);
        writer.start();
        this.pages = new ColumnChunkPageWriteStore(
                compressor,
                layout.schema(),
                encodings.getAllocator(),
                encodings.getColumnIndexTruncateLength(),
                encodings.getPageWriteChecksumEnabled());
        this.store = encodings.newColumnWriteStore(layout.schema(), pages, pages);
        var columns = new Columns(layout.schema(), store);
        this.rows = layout.rows(columns);
        columns.complete();
    }

    /** Where the next row goes; {@link #endRow} must follow. */
    R rows() {
        return rows;
    }

    /** Ends the row; true where the file is full. */
    boolean endRow() {
        store.endRecord();
        rowCount++;
        return rowCount % ROWS_PER_LOOK == 0 && store.getBufferedSize() >= FULL_BYTES;
    }

    /** Encoded bytes held in memory. */
    long bufferedBytes() {
        return store.getBufferedSize();
    }

    /** Whether it takes no more rows: another table may have needed its place among the open files. */
    boolean isClosed() {
        return closed;
    }

    /** Ends the file; it is in the store once {@link #output} is stored. */
    StagedFile end() throws IOException {
        closed = true;
        writer.startBlock(rowCount);
        store.flush();
        pages.flushToFileWriter(writer);
        writer.endBlock();
        store.close();
        pages.close();
        writer.end(Map.of());
        long bytes = writer.getPos();
        DataFile file = dataFile(writer.getFooter(), bytes);
        return new StagedFile(
                layout.definition().qualifiedName(),
                output.location(),
                rowCount,
                bytes,
                ContentFileParser.toJson(file, layout.spec()));
    }

    ParquetOutput output() {
        return output;
    }

    /** Closes the file without its rows; it is nobody's and goes with the orphan sweep. */
    void abandon() {
        closed = true;
        try {
            writer.close();
            output.store();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot close " + output.location(), failure);
        }
    }

    private DataFile dataFile(ParquetMetadata footer, long bytes) {
        return DataFiles.builder(layout.spec())
                .withPath(output.location())
                .withFormat(FileFormat.PARQUET)
                .withPartition(partition)
                .withFileSizeInBytes(bytes)
                .withMetrics(ParquetUtil.footerMetrics(footer, Stream.empty(), layout.metrics()))
                .withSplitOffsets(ParquetUtil.getSplitOffsets(footer))
                .build();
    }
}
