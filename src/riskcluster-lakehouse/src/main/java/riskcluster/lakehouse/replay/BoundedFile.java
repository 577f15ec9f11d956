package riskcluster.lakehouse.replay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.read.PinnedTable;

/**
 * A data file with the partitions and offsets that its rows may have.
 *
 * @param columns names of its columns of partition and offset
 */
record BoundedFile(
        PinnedTable table,
        Coordinates columns,
        DataFile file,
        int partitionLowest,
        int partitionHighest,
        long offsetLowest,
        long offsetHighest) {

    /** How a table calls the coordinates of the input record. */
    record Coordinates(String topic, String partition, String offset) {
        static final Coordinates BRONZE = new Coordinates("topic", "partition", "offset");
        static final Coordinates SILVER = new Coordinates("source_topic", "source_partition", "source_offset");
    }

    /** Every file of the table, from its manifests. */
    static List<BoundedFile> all(PinnedTable table, Coordinates columns) {
        int partition = table.definition().column(columns.partition()).id();
        int offset = table.definition().column(columns.offset()).id();
        var files = new ArrayList<BoundedFile>();
        for (DataFile file : table.files(Expressions.alwaysTrue(), List.of(columns.partition(), columns.offset()))) {
            files.add(new BoundedFile(
                    table,
                    columns,
                    file,
                    bound(file.lowerBounds(), partition, Types.IntegerType.get(), Integer.MIN_VALUE),
                    bound(file.upperBounds(), partition, Types.IntegerType.get(), Integer.MAX_VALUE),
                    bound(file.lowerBounds(), offset, Types.LongType.get(), Long.MIN_VALUE),
                    bound(file.upperBounds(), offset, Types.LongType.get(), Long.MAX_VALUE)));
        }
        return files;
    }

    private static <T> T bound(@Nullable Map<Integer, ByteBuffer> bounds, int column, Type type, T absent) {
        var bound = bounds == null ? null : bounds.get(column);
        return bound == null ? absent : Conversions.<T>fromByteBuffer(type, bound);
    }

    /** Whether it may hold rows of these ranges. */
    boolean mayHold(OffsetRanges ranges) {
        return ranges.byPartition().entrySet().stream().anyMatch(one -> mayHold(one.getKey(), one.getValue()));
    }

    private boolean mayHold(LogPartition source, OffsetRanges.Range range) {
        return source.partition() >= partitionLowest
                && source.partition() <= partitionHighest
                && range.to() > offsetLowest
                && range.from() <= offsetHighest;
    }

    /** True of every row of these ranges, and false of as many others as statistics can tell. */
    Expression filter(OffsetRanges ranges) {
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (OffsetRanges.Range range : ranges.byPartition().values()) {
            from = Math.min(from, range.from());
            to = Math.max(to, range.to());
        }
        return Expressions.and(
                Expressions.greaterThanOrEqual(columns.offset(), from), Expressions.lessThan(columns.offset(), to));
    }
}
