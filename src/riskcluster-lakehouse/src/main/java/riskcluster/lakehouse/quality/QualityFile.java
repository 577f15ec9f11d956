package riskcluster.lakehouse.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.IcebergTables;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.ZstdPages;
import riskcluster.lakehouse.write.ParquetOutput;

/** The rows of {@code gold.data_quality} that a batch adds, in a file of their own. */
public final class QualityFile {

    private static final TableDefinition TABLE = Tables.GOLD_DATA_QUALITY;
    private static final long ROW_GROUP_BYTES = 1L << 20;
    private static final ParquetProperties FOOTER =
            ParquetProperties.builder().withSizeStatisticsEnabled(false).build();

    private QualityFile() {}

    /**
     * Writes what was found in a batch.
     *
     * @param location of the table
     * @param owner scope and epoch for the file's name, {@code committer-e12}
     * @return the file, once the store has confirmed its length
     */
    public static DataFile write(
            FileIO io, String location, String owner, long batch, Instant checkedAt, List<QualityResult> results) {
        var spec = IcebergTables.spec(TABLE);
        var partition = new PartitionData(spec.partitionType());
        partition.set(0, Math.toIntExact(Math.floorDiv(checkedAt.getEpochSecond(), 86_400L)));
        var name = owner + "-" + UUID.randomUUID() + ".parquet";
        var output =
                new ParquetOutput(io.newOutputFile(location + "/data/" + spec.partitionToPath(partition) + "/" + name));
        var schema = ParquetSchemaUtil.convert(IcebergTables.schema(TABLE), TABLE.name());
        try (var zstd = new ZstdPages()) {
            var columns = new Columns(schema, column -> true);
            fill(columns, batch, ChronoUnit.MICROS.between(Instant.EPOCH, checkedAt), results);
            var writer = new ParquetFileWriter(
                    output, schema, ParquetFileWriter.Mode.CREATE, ROW_GROUP_BYTES, 0, null, FOOTER);
            writer.start();
            columns.write(writer, zstd);
            writer.end(Map.of());
            output.store();
            confirm(io, output.location(), writer.getPos());
            return DataFiles.builder(spec)
                    .withPath(output.location())
                    .withFormat(FileFormat.PARQUET)
                    .withPartition(partition)
                    .withFileSizeInBytes(writer.getPos())
                    .withMetrics(
                            ParquetUtil.footerMetrics(writer.getFooter(), Stream.empty(), IcebergTables.metrics(TABLE)))
                    .withSplitOffsets(ParquetUtil.getSplitOffsets(writer.getFooter()))
                    .build();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + output.location(), failure);
        }
    }

    private static void confirm(FileIO io, String location, long bytes) {
        long stored = io.newInputFile(location).getLength();
        if (stored != bytes) {
            throw new IllegalStateException(
                    location + " has " + stored + " bytes in the store, " + bytes + " were written");
        }
    }

    private static void fill(Columns columns, long batch, long checkedAtMicros, List<QualityResult> results) {
        var batchId = columns.plainNumbers("batch_id");
        var checkedAt = columns.plainNumbers("checked_at");
        var table = columns.texts("table_name");
        var rule = columns.texts("rule");
        var dimension = columns.texts("dimension");
        var severity = columns.texts("severity");
        var passed = columns.flags("passed");
        var observed = columns.reals("observed");
        var expected = columns.texts("expected");
        var detail = columns.texts("detail");
        columns.complete();
        for (QualityResult result : results) {
            columns.beginRow();
            batchId.add(batch);
            checkedAt.add(checkedAtMicros);
            table.add(result.rule().table());
            rule.add(result.rule().name());
            dimension.add(result.rule().dimension());
            severity.add(result.rule().severity().name().toLowerCase(Locale.ROOT));
            passed.add(result.passed());
            observed.add(result.observed());
            expected.add(result.rule().expected());
            detail.add(result.rule().measure().meaning());
            columns.endRow();
        }
    }
}
