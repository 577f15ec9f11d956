package riskcluster.lakehouse.rekey;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import riskcluster.lakehouse.erase.RowChange;

/**
 * Facts that point to members of dimensions by new keys in place of old ones.
 *
 * @param keys by the column of the facts, new keys by old ones
 */
public record RenamedFacts(Map<String, Map<Long, Long>> keys) implements RowChange {

    public RenamedFacts {
        keys = Map.copyOf(keys);
    }

    @Override
    public List<String> columns() {
        return List.copyOf(keys.keySet());
    }

    @Override
    public Expression filter() {
        return Expressions.alwaysTrue();
    }

    @Override
    public boolean concerns(Record row) {
        return keys.entrySet().stream().anyMatch(one -> one.getValue().containsKey((Long) row.getField(one.getKey())));
    }

    @Override
    public List<Record> left(Record row) {
        Record next = row.copy();
        keys.forEach((column, renamed) -> {
            Long before = (Long) row.getField(column);
            next.setField(column, renamed.getOrDefault(before, before));
        });
        return List.of(next);
    }

    /** Facts are sorted by customer. */
    @Override
    public boolean keepsOrder() {
        return false;
    }
}
