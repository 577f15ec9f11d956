package riskcluster.lakehouse.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.IcebergTables;

/**
 * A data file of a bronze table that may hold records of a range.
 *
 * @param lowest offset of any row in it, of whatever partition
 * @param highest likewise
 */
record BronzeFile(FileIO io, TableDefinition table, String location, long lowest, long highest) {

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
        var schema = IcebergTables.schema(table).select(BronzeRow.columns(table));
        try (var rows = Parquet.read(io.newInputFile(location))
                .project(schema)
                .filter(range(source, lowest.from(), lowest.end()))
                .createReaderFunc(parquet -> GenericParquetReaders.buildReader(schema, parquet))
                .<Record>build()) {
            for (Record row : rows) {
                long offset = (Long) row.getField("offset");
                if (lowest.wants(offset) && isOf(row, source)) {
                    lowest.add(BronzeRow.record(table, source, offset, row));
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
}
