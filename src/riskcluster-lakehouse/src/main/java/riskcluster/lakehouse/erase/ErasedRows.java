package riskcluster.lakehouse.erase;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.Tombstone;
import riskcluster.contracts.table.PersonalTable;
import riskcluster.contracts.table.PersonalTable.Left;
import riskcluster.contracts.table.Tables;

/** The rows of a customer: gone, or left as tombstones. */
public record ErasedRows(PersonalTable table, Subject subject) implements RowChange {

    /** What stays of a row that is left as a tombstone: coordinates and times. */
    private static final Set<String> KEPT =
            Set.of("topic", "partition", "offset", "kafka_time", "ingest_time", "event_time");

    @Override
    public List<String> columns() {
        return Subject.columns(table);
    }

    @Override
    public Expression filter() {
        return subject.filter(table);
    }

    @Override
    public boolean concerns(Record row) {
        return subject.owns(table, row);
    }

    @Override
    public List<Record> left(Record row) {
        return table.left() == Left.TOMBSTONE ? List.of(tombstone(row)) : List.of();
    }

    private Record tombstone(Record row) {
        Record left = row.copy();
        for (Types.NestedField column : row.struct().fields()) {
            if (!KEPT.contains(column.name())) {
                left.setField(column.name(), column.isOptional() ? null : nothing(column.type()));
            }
        }
        if (table.table().equals(Tables.BRONZE_REJECTED)) {
            left.setField("reason", Tombstone.Kind.REJECTED.disposition());
        } else {
            boolean counted = row.getField("disposition").toString().equals("decided");
            var kind = counted ? Tombstone.Kind.DECIDED : Tombstone.Kind.DUPLICATE;
            left.setField("disposition", kind.disposition());
        }
        return left;
    }

    /** What stands where there must be something. */
    private static @Nullable Object nothing(Type type) {
        return switch (type.typeId()) {
            case STRING -> "";
            case BINARY -> ByteBuffer.allocate(0);
            case LIST -> List.of();
            case DECIMAL -> BigDecimal.ZERO.setScale(((Types.DecimalType) type).scale());
            case INTEGER -> 0;
            case LONG -> 0L;
            case BOOLEAN -> false;
            default -> throw new IllegalStateException("a tombstone knows nothing of type " + type);
        };
    }
}
