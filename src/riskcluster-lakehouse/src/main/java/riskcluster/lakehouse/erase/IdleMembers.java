package riskcluster.lakehouse.erase;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import riskcluster.contracts.table.TableDefinition;

/**
 * The members of a dimension to which no fact points: who alone pointed to them was erased. A member that others share has
 * their facts and stays.
 */
public final class IdleMembers implements RowChange {

    private final String key;
    private final PointedKeys pointed;
    private final Set<Long> gone = ConcurrentHashMap.newKeySet();

    /** @param pointed those that stay */
    public IdleMembers(TableDefinition dimension, PointedKeys pointed) {
        this.key = PointedKeys.key(dimension);
        this.pointed = pointed;
    }

    @Override
    public List<String> columns() {
        return List.of(key);
    }

    @Override
    public Expression filter() {
        return Expressions.alwaysTrue();
    }

    @Override
    public boolean concerns(Record row) {
        return !pointed.has(number(row));
    }

    @Override
    public List<Record> left(Record row) {
        gone.add(number(row));
        return List.of();
    }

    /** Whether a fact that has come since they were left out points to one of them. */
    public boolean areMissed() {
        pointed.look();
        return gone.stream().anyMatch(pointed::has);
    }

    private long number(Record row) {
        return ((Number) row.getField(key)).longValue();
    }
}
