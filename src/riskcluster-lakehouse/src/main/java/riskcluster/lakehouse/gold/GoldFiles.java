package riskcluster.lakehouse.gold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.IcebergTables;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.ZstdPages;

/** Writes the files of one table of gold from its columns, whose memory serves file after file. */
final class GoldFiles {

    private static final long ROW_GROUP_BYTES = 128L << 20;

    private static final ParquetProperties FOOTER =
            ParquetProperties.builder().withSizeStatisticsEnabled(false).build();

    private final MessageType schema;
    private final PartitionSpec spec;
    private final MetricsConfig metrics;
    private final Columns columns;
    private final ZstdPages compressor;

    GoldFiles(TableDefinition table, ZstdPages compressor) {
        this.schema = ParquetSchemaUtil.convert(IcebergTables.schema(table), table.name());
        this.spec = IcebergTables.spec(table);
        this.metrics = IcebergTables.metrics(table);
        this.columns = new Columns(schema, this::isBounded);
        this.compressor = compressor;
    }

    private boolean isBounded(ColumnDescriptor column) {
        int id = column.getPrimitiveType().getId().intValue();
        return !metrics.columnMode(id).equals(MetricsModes.None.get());
    }

    MessageType schema() {
        return schema;
    }

    Columns columns() {
        return columns;
    }

    /** Where files lie that hold no day in particular. */
    PartitionData everywhere() {
        return new PartitionData(spec.partitionType());
    }

    PartitionData day(int day) {
        var partition = everywhere();
        partition.set(0, day);
        return partition;
    }

    /**
     * Writes what the columns hold into a new file.
     *
     * @param owner scope and epoch for the file's name
     * @return the file, once the store has confirmed its length
     */
    DataFile write(StagedTable staged, String owner, PartitionData partition) {
        // without hyphens, at which readers of names take scope and epoch apart
        String id = UUID.randomUUID().toString().replace("-", "");
        String folder = spec.isUnpartitioned() ? "" : spec.partitionToPath(partition) + "/";
        OutputFile out = staged.io()
                .newOutputFile(staged.current().location() + "/data/" + folder + owner + "-" + id + ".parquet");
        ParquetMetadata footer;
        long bytes;
        try (var writer = new ParquetFileWriter(
                new NewFile(out), schema, ParquetFileWriter.Mode.CREATE, ROW_GROUP_BYTES, 0, null, FOOTER)) {
            writer.start();
            columns.write(writer, compressor);
            writer.end(Map.of());
            bytes = writer.getPos();
            footer = writer.getFooter();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + out.location(), failure);
        }
        long stored = staged.io().newInputFile(out.location()).getLength();
        if (stored != bytes) {
            throw new IllegalStateException(
                    out.location() + " has " + stored + " bytes in the store, " + bytes + " were written");
        }
        return DataFiles.builder(spec)
                .withPath(out.location())
                .withFormat(FileFormat.PARQUET)
                .withPartition(spec.isUnpartitioned() ? null : partition)
                .withFileSizeInBytes(bytes)
                .withMetrics(ParquetUtil.footerMetrics(footer, Stream.empty(), metrics))
                .withSplitOffsets(ParquetUtil.getSplitOffsets(footer))
                .build();
    }
}
