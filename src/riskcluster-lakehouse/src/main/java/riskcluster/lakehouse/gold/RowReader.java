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
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.DateTimeUtil;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.IcebergTables;

/** Reads the files of one windowed table back to the rows they were written from, whoever wrote them. */
final class RowReader {

    private static final BigInteger UNITS_LIMIT = BigInteger.valueOf(Measures.UNITS_LIMIT);

    /** Columns that hold the sum of amounts; a table has one of them at most. */
    private static final List<String> TOTALS = List.of("revenue", "spend");

    private final WindowedTable table;

    /** The columns of which the others can be made again. */
    private final Schema kept;

    RowReader(WindowedTable table) {
        this.table = table;
        var columns = table.definition().columns().stream()
                .map(Column::name)
                .filter(name -> isKept(table, name))
                .toList();
        this.kept = IcebergTables.schema(table.definition()).select(columns);
    }

    private static boolean isKept(WindowedTable table, String column) {
        return List.of("window_start", "currency", TableDefinition.STATE).contains(column)
                || TOTALS.contains(column)
                || table.textColumn().equals(Optional.of(column))
                || Measures.isName(column);
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
                table.textColumn().map(column -> text(record, column)).orElse(null),
                table.hasCurrency() ? text(record, "currency") : null);
        var sums = new long[Measures.COUNT];
        for (Types.NestedField field : kept.columns()) {
            if (Measures.isName(field.name())) {
                sums[Measures.of(field.name())] = (Long) value(record, field.name());
            }
        }
        for (String total : TOTALS) {
            if (kept.findField(total) != null) {
                var units = ((BigDecimal) value(record, total)).unscaledValue().divideAndRemainder(UNITS_LIMIT);
                sums[Measures.HIGH_UNITS] = units[0].longValueExact();
                sums[Measures.UNITS] = units[1].longValueExact();
            }
        }
        return GoldRow.of(key, sums, (ByteBuffer) value(record, "state"));
    }

    private static @Nullable String text(Record record, String column) {
        return (String) record.getField(column);
    }

    private static Object value(Record record, String column) {
        return Objects.requireNonNull(record.getField(column), column);
    }
}
