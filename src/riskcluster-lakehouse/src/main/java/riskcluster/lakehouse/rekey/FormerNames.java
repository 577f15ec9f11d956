package riskcluster.lakehouse.rekey;

import java.util.List;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import riskcluster.lakehouse.erase.RowChange;

/**
 * Versions of customers without what led to their former pseudonyms, which a rekey has replaced.
 *
 * @param version of the key to which was rekeyed
 */
public record FormerNames(int version) implements RowChange {

    /** The column that leads there. */
    public static final String COLUMN = "former_dim_customer_key";

    private static final String NAME = "customer_key";

    @Override
    public List<String> columns() {
        return List.of(NAME, COLUMN);
    }

    @Override
    public Expression filter() {
        return Expressions.notNull(COLUMN);
    }

    /** A newer name leads to one that this rekey has made, or left. */
    @Override
    public boolean concerns(Record row) {
        return row.getField(COLUMN) != null && NewNames.version(String.valueOf(row.getField(NAME))) <= version;
    }

    @Override
    public List<Record> left(Record row) {
        Record next = row.copy();
        next.setField(COLUMN, null);
        return List.of(next);
    }
}
