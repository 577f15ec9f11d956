package riskcluster.lakehouse.write;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.lakehouse.column.ZstdPages;

/**
 * One Parquet file in the making: rows of one table and one day, in one row group. Its rows are held in memory and go to
 * the store when it is ended, so a file that is abandoned leaves nothing there.
 */
final class RowFile<R extends Rows> {

    /** Bytes before compression after which a file is ended and another begun. */
    private static final long FULL_BYTES = 256L << 20;

    /** The size is looked at once in so many rows: often enough for records of a megabyte. */
    private static final int ROWS_PER_LOOK = 64;

    private final TableLayout<R> layout;
    private final PartitionData partition;
    private final ParquetOutput output;

    /** None any more once it is closed: whoever still knows the file must not hold the memory. */
    private @Nullable Sheet<R> sheet;

    RowFile(TableLayout<R> layout, int day, FileIO io, String name, Sheet<R> sheet) {
        this.layout = layout;
        this.partition = layout.partition(day);
        this.output = new ParquetOutput(io.newOutputFile(layout.fileLocation(partition, name)));
        this.sheet = sheet;
    }

    TableLayout<R> layout() {
        return layout;
    }

    /** Where the next row goes; {@link #endRow} must follow. */
    R nextRow() {
        var open = sheet();
        open.columns().beginRow();
        return open.rows();
    }

    /** Ends the row; true where the file is full. */
    boolean endRow() {
        var columns = sheet().columns();
        columns.endRow();
        return columns.rows() % ROWS_PER_LOOK == 0 && columns.roughBytes() >= FULL_BYTES;
    }

    /** Bytes of values held in memory, about. */
    long bufferedBytes() {
        return sheet().columns().roughBytes();
    }

    /** Whether it takes no more rows: another table may have needed its place among the open files. */
    boolean isClosed() {
        return sheet == null;
    }

    /** Takes the columns away, empty, for another file. */
    Sheet<R> close() {
        var taken = sheet();
        sheet = null;
        taken.columns().clear();
        return taken;
    }

    private Sheet<R> sheet() {
        return Objects.requireNonNull(sheet, "the file is closed");
    }

    /** Encodes the file; it is in the store once {@link #output} is stored. */
    StagedFile encode(ZstdPages zstd) throws IOException {
        var writer = new ParquetFileWriter(
                output, layout.schema(), ParquetFileWriter.Mode.CREATE, FULL_BYTES, 0, null, layout.footer());
        var columns = sheet().columns();
        writer.start();
        columns.write(writer, zstd);
        writer.end(Map.of());
        long bytes = writer.getPos();
        DataFile file = dataFile(writer.getFooter(), bytes);
        return new StagedFile(
                layout.definition().qualifiedName(),
                output.location(),
                columns.rows(),
                bytes,
                ContentFileParser.toJson(file, layout.spec()));
    }

    ParquetOutput output() {
        return output;
    }

    private DataFile dataFile(ParquetMetadata footer, long bytes) {
        return DataFiles.builder(layout.spec())
                .withPath(output.location())
                .withFormat(FileFormat.PARQUET)
                .withPartition(layout.spec().isUnpartitioned() ? null : partition)
                .withFileSizeInBytes(bytes)
                .withMetrics(ParquetUtil.footerMetrics(footer, Stream.empty(), layout.metrics()))
                .withSplitOffsets(ParquetUtil.getSplitOffsets(footer))
                .build();
    }
}
