package riskcluster.lakehouse.gold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.DateTimeUtil;
import riskcluster.lakehouse.catalog.IcebergTables;

/** Reads the files of one windowed table back to the rows they were written from, whoever wrote them. */
final class RowReader {

    private static final BigInteger UNITS_LIMIT = BigInteger.valueOf(Measures.UNITS_LIMIT);

    private final WindowedTable table;

    /** The columns of which the others can be made again. */
    private final Schema kept;

    RowReader(WindowedTable table) {
        this.table = table;
        var columns = new ArrayList<>(List.of("window_start", table.textColumn(), "currency", "revenue", "state"));
        table.definition().columns().stream()
                .filter(column -> Measures.isName(column.name()))
                .forEach(column -> columns.add(column.name()));
        this.kept = IcebergTables.schema(table.definition()).select(columns);
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
                DateTimeUtil.microsFromTimestamptz((OffsetDateTime) value(record, "window_start")),
                (String) record.getField(table.textColumn()),
                (String) record.getField("currency"));
        var sums = new long[Measures.COUNT];
        for (Types.NestedField field : kept.columns()) {
            if (Measures.isName(field.name())) {
                sums[Measures.of(field.name())] = (Long) value(record, field.name());
            }
        }
        var units = ((BigDecimal) value(record, "revenue")).unscaledValue().divideAndRemainder(UNITS_LIMIT);
        sums[Measures.HIGH_UNITS] = units[0].longValueExact();
        sums[Measures.UNITS] = units[1].longValueExact();
        return GoldRow.of(key, sums, (ByteBuffer) value(record, "state"));
    }

    private static Object value(Record record, String column) {
        return Objects.requireNonNull(record.getField(column), column);
    }
}
