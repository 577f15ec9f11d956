package riskcluster.lakehouse.gold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.DateTimeUtil;
import riskcluster.lakehouse.catalog.IcebergTables;

/** The files of one windowed table: written from rows, and read back to them. */
final class RowFiles {

    private static final BigInteger UNITS_LIMIT = BigInteger.valueOf(Measures.UNITS_LIMIT);

    private final WindowedTable table;
    private final Schema schema;
    private final Schema kept;
    private final PartitionSpec spec;

    RowFiles(WindowedTable table) {
        this.table = table;
        this.schema = IcebergTables.schema(table.definition());
        this.kept = schema.select(keptColumns(table));
        this.spec = IcebergTables.spec(table.definition());
    }

    /** What the other columns can be made of again. */
    private static List<String> keptColumns(WindowedTable table) {
        var kept = new ArrayList<>(List.of("window_start", table.textColumn(), "currency", "revenue", "state"));
        table.definition().columns().stream()
                .filter(column -> Measures.isName(column.name()))
                .forEach(column -> kept.add(column.name()));
        return kept;
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
        FileAppender<GoldRow> appender = append(out, rows);
        long stored = io.newInputFile(out.location()).getLength();
        if (stored != appender.length()) {
            throw new IllegalStateException(out.location() + " has " + stored + " bytes in the store, "
                    + appender.length() + " were written");
        }
        return DataFiles.builder(spec)
                .withPath(out.location())
                .withFormat(FileFormat.PARQUET)
                .withPartition(partition)
                .withFileSizeInBytes(stored)
                .withMetrics(appender.metrics())
                .withSplitOffsets(appender.splitOffsets())
                .build();
    }

    private FileAppender<GoldRow> append(OutputFile out, List<GoldRow> rows) {
        try (FileAppender<GoldRow> appender = Parquet.write(out)
                .schema(schema)
                .set(TableProperties.PARQUET_COMPRESSION, "zstd")
                .withDictionaryEncoding("state", false)
                .metricsConfig(IcebergTables.metrics(table.definition()))
                .createWriterFunc(type -> new RowEncoder(table, type))
                .build()) {
            appender.addAll(rows);
            return appender;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + out.location(), failure);
        }
    }

    List<GoldRow> read(FileIO io, String path) {
        var rows = new ArrayList<GoldRow>();
        try (var records = Parquet.read(io.newInputFile(path))
                .project(kept)
                .createReaderFunc(type -> GenericParquetReaders.buildReader(kept, type))
                .<Record>build()) {
            records.forEach(row -> rows.add(row(row)));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + path, failure);
        }
        return rows;
    }

    private GoldRow row(Record record) {
        var key = new RowKey(
                DateTimeUtil.microsFromTimestamptz((OffsetDateTime) record.getField("window_start")),
                (String) record.getField(table.textColumn()),
                (String) record.getField("currency"));
        var sums = new long[Measures.COUNT];
        for (var field : kept.columns()) {
            if (Measures.isName(field.name())) {
                sums[Measures.of(field.name())] = (Long) record.getField(field.name());
            }
        }
        BigInteger[] units =
                ((BigDecimal) record.getField("revenue")).unscaledValue().divideAndRemainder(UNITS_LIMIT);
        sums[Measures.HIGH_UNITS] = units[0].longValueExact();
        sums[Measures.UNITS] = units[1].longValueExact();
        return GoldRow.of(key, sums, (ByteBuffer) record.getField("state"));
    }
}
