package riskcluster.lakehouse.merge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import riskcluster.lakehouse.column.ZstdPages;
import riskcluster.lakehouse.write.ParquetOutput;

/** A data file in the making whose rows come from other files of the same partition. */
final class MergedFile implements AutoCloseable {

    private static final long GROUP_BYTES_HINT = 64L << 20;

    private final PartitionSpec spec;
    private final StructLike partition;
    private final MessageType schema;
    private final ParquetProperties encodings;
    private final MetricsConfig metrics;
    private final ZstdPages compressor;
    private final List<ColumnPass> passes;
    private final ParquetOutput output;
    private final ParquetFileWriter writer;
    private boolean ended;

    MergedFile(
            TableMetadata table,
            DataFile like,
            FileIO io,
            String fileName,
            MessageType schema,
            ParquetProperties encodings,
            MetricsConfig metrics,
            ZstdPages compressor)
            throws IOException {
        this.spec = table.spec(like.specId());
        this.partition = like.partition();
        this.schema = schema;
        this.encodings = encodings;
        this.metrics = metrics;
        this.compressor = compressor;
        this.passes = ColumnPass.all(schema, encodings);
        this.output = new ParquetOutput(io.newOutputFile(location(table, fileName)));
        this.writer = new ParquetFileWriter(
                output, schema, ParquetFileWriter.Mode.CREATE, GROUP_BYTES_HINT, 0, null, encodings);
        writer.start();
    }

    /** The rows of these groups as one group. */
    void write(List<SourceFile.Group> groups) throws IOException {
        writer.startBlock(groups.stream().mapToLong(SourceFile.Group::rows).sum());
        for (ColumnPass pass : passes) {
            pass.copy(groups, writer, compressor);
        }
        writer.endBlock();
    }

    /** A group as it is, byte by byte. */
    void copy(SourceFile source, BlockMetaData group) throws IOException {
        try (SeekableInputStream in = source.stream()) {
            writer.appendRowGroup(in, group, false);
        }
    }

    /**
     * The rows of the files in an order, as so many groups of equal length.
     *
     * @param places where each row comes to stand
     * @param bytesMax of decoded values in memory, roughly
     */
    void writeSorted(SortSource source, int[] places, int parts, long bytesMax) throws IOException {
        var stores = new ArrayList<ColumnChunkPageWriteStore>();
        for (int part = 0; part < parts; part++) {
            stores.add(ColumnPass.pages(schema, encodings, compressor));
        }
        for (ColumnPass pass : passes) {
            var values = new SortedColumn(source, pass.column(), places, bytesMax);
            for (int part = 0; part < parts; part++) {
                pass.write(values, cut(places, part, parts), cut(places, part + 1, parts), stores.get(part));
            }
        }
        for (int part = 0; part < parts; part++) {
            try (ColumnChunkPageWriteStore pages = stores.get(part)) {
                end(pages, cut(places, part + 1, parts) - cut(places, part, parts));
            }
        }
    }

    /** Ends the file, which is in the store when this returns; refuses one that has not exactly so many rows. */
    DataFile end(SortOrder order, long rows) throws IOException {
        writer.end(Map.of());
        ended = true;
        long bytes = writer.getPos();
        output.store();
        ParquetMetadata footer = writer.getFooter();
        long written = footer.getBlocks().stream()
                .mapToLong(BlockMetaData::getRowCount)
                .sum();
        if (written != rows) {
            throw new IllegalStateException(output.location() + " has " + written + " rows, its sources have " + rows);
        }
        return DataFiles.builder(spec)
                .withPath(output.location())
                .withFormat(FileFormat.PARQUET)
                .withPartition(partition)
                .withFileSizeInBytes(bytes)
                .withMetrics(ParquetUtil.footerMetrics(footer, Stream.empty(), metrics))
                .withSplitOffsets(ParquetUtil.getSplitOffsets(footer))
                .withSortOrder(order)
                .build();
    }

    /** Closes a file that was not ended; it is nobody's and goes with the orphan sweep. */
    @Override
    public void close() throws IOException {
        if (!ended) {
            writer.close();
            output.store();
        }
    }

    private void end(ColumnChunkPageWriteStore pages, long rows) throws IOException {
        writer.startBlock(rows);
        pages.flushToFileWriter(writer);
        writer.endBlock();
    }

    private static int cut(int[] places, int part, int parts) {
        return Math.toIntExact((long) places.length * part / parts);
    }

    private String location(TableMetadata table, String fileName) {
        String folder = spec.isPartitioned() ? spec.partitionToPath(partition) + "/" : "";
        return table.location() + "/data/" + folder + fileName;
    }
}
