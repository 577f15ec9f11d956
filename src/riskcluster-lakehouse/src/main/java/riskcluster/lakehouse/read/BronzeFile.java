package riskcluster.lakehouse.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.IcebergTables;

/**
 * A data file of a bronze table that may hold records of a range.
 *
 * @param lowest offset of any row in it, of whatever partition
 * @param highest likewise
 */
record BronzeFile(FileIO io, TableDefinition table, String location, long lowest, long highest) {

    private static final long MICROS_PER_MILLI = 1_000;

    static List<BronzeFile> of(PinnedTable table, LogPartition source, long from, long to) {
        int offset = table.definition().column("offset").id();
        var files = new ArrayList<BronzeFile>();
        for (DataFile file : table.files(range(source, from, to), List.of("offset"))) {
            files.add(new BronzeFile(
                    table.io(),
                    table.definition(),
                    file.location(),
                    bound(file.lowerBounds(), offset, Long.MIN_VALUE),
                    bound(file.upperBounds(), offset, Long.MAX_VALUE)));
        }
        return files;
    }

    private static Expression range(LogPartition source, long from, long to) {
        return Expressions.and(
                Expressions.equal("topic", source.topic()),
                Expressions.equal("partition", source.partition()),
                Expressions.greaterThanOrEqual("offset", from),
                Expressions.lessThan("offset", to));
    }

    private static long bound(@Nullable Map<Integer, ByteBuffer> bounds, int column, long absent) {
        var bound = bounds == null ? null : bounds.get(column);
        return bound == null ? absent : Conversions.<Long>fromByteBuffer(Types.LongType.get(), bound);
    }

    /** Offers its rows of this partition. */
    void read(LogPartition source, LowestOffsets lowest) {
        var schema = IcebergTables.schema(table)
                .select("topic", "partition", "offset", "kafka_time", "key", "value", "headers");
        try (var rows = Parquet.read(io.newInputFile(location))
                .project(schema)
                .filter(range(source, lowest.from(), lowest.end()))
                .createReaderFunc(parquet -> GenericParquetReaders.buildReader(schema, parquet))
                .<Record>build()) {
            for (Record row : rows) {
                long offset = (Long) row.getField("offset");
                if (lowest.wants(offset) && isOf(row, source)) {
                    lowest.add(record(source, offset, row));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + location, failure);
        }
    }

    private static boolean isOf(Record row, LogPartition source) {
        return row.getField("partition").equals(source.partition())
                && row.getField("topic").toString().equals(source.topic());
    }

    private static LogRecord record(LogPartition source, long offset, Record row) {
        var time = (OffsetDateTime) row.getField("kafka_time");
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
        return new LogRecord(
                source,
                offset,
                Math.floorDiv(micros, MICROS_PER_MILLI),
                bytes(row.getField("key")),
                bytes(row.getField("value")),
                headers((List<?>) row.getField("headers")));
    }

    private static List<Header> headers(List<?> rows) {
        var headers = new ArrayList<Header>(rows.size());
        for (Object row : rows) {
            var header = (Record) row;
            headers.add(new Header(header.getField("name").toString(), bytes(header.getField("value"))));
        }
        return List.copyOf(headers);
    }

    private static byte @Nullable [] bytes(@Nullable Object column) {
        if (!(column instanceof ByteBuffer content)) {
            return null;
        }
        var copy = new byte[content.remaining()];
        content.duplicate().get(copy);
        return copy;
    }
}
