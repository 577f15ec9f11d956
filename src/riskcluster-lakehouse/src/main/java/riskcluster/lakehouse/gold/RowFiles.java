package riskcluster.lakehouse.gold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import riskcluster.lakehouse.catalog.IcebergTables;
import riskcluster.lakehouse.column.ZstdPages;

/** Writes the files of one windowed table. */
final class RowFiles {

    private static final long ROW_GROUP_BYTES = 128L << 20;

    private final WindowedTable table;
    private final MessageType schema;
    private final PartitionSpec spec;
    private final MetricsConfig metrics;
    private final ParquetProperties encodings;
    private final ZstdPages compressor;

    RowFiles(WindowedTable table, ZstdPages compressor) {
        this.table = table;
        this.schema = ParquetSchemaUtil.convert(
                IcebergTables.schema(table.definition()), table.definition().name());
        this.spec = IcebergTables.spec(table.definition());
        this.metrics = IcebergTables.metrics(table.definition());
        this.encodings = ParquetProperties.builder()
                .withDictionaryEncoding("state", false)
                .withSizeStatisticsEnabled(false)
                .build();
        this.compressor = compressor;
    }

    /**
     * Writes rows of one day into a new file.
     *
     * @param location of the table
     * @return the file, once the store has confirmed its length
     */
    DataFile write(FileIO io, String location, String name, int day, List<GoldRow> rows) {
        var partition = new PartitionData(spec.partitionType());
        partition.set(0, day);
        OutputFile out = io.newOutputFile(location + "/data/" + spec.partitionToPath(partition) + "/" + name);
        ParquetMetadata footer;
        long bytes;
        try (var writer = new ParquetFileWriter(
                new NewFile(out), schema, ParquetFileWriter.Mode.CREATE, ROW_GROUP_BYTES, 0, null, encodings)) {
            writer.start();
            writeRows(writer, rows);
            writer.end(Map.of());
            bytes = writer.getPos();
            footer = writer.getFooter();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + out.location(), failure);
        }
        long stored = io.newInputFile(out.location()).getLength();
        if (stored != bytes) {
            throw new IllegalStateException(
                    out.location() + " has " + stored + " bytes in the store, " + bytes + " were written");
        }
        return DataFiles.builder(spec)
                .withPath(out.location())
                .withFormat(FileFormat.PARQUET)
                .withPartition(partition)
                .withFileSizeInBytes(bytes)
                .withMetrics(ParquetUtil.footerMetrics(footer, Stream.empty(), metrics))
                .withSplitOffsets(ParquetUtil.getSplitOffsets(footer))
                .build();
    }

    private void writeRows(ParquetFileWriter writer, List<GoldRow> rows) throws IOException {
        var pages = new ColumnChunkPageWriteStore(
                compressor,
                schema,
                encodings.getAllocator(),
                encodings.getColumnIndexTruncateLength(),
                encodings.getPageWriteChecksumEnabled());
        var store = encodings.newColumnWriteStore(schema, pages, pages);
        var encoder = new RowEncoder(table, schema, store);
        for (GoldRow row : rows) {
            encoder.write(row);
            store.endRecord();
        }
        writer.startBlock(rows.size());
        store.flush();
        pages.flushToFileWriter(writer);
        writer.endBlock();
        store.close();
        pages.close();
    }
}
