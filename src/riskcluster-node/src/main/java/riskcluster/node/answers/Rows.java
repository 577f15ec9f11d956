package riskcluster.node.answers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import riskcluster.lakehouse.read.RowReceiver;
import riskcluster.lakehouse.read.SqlAnswer;
import riskcluster.lakehouse.read.SqlColumn;
import riskcluster.node.view.SqlView;

/** The first rows of a query; a query that has more is stopped there. */
final class Rows implements RowReceiver {

    private final int max;
    private final List<String> columns = new ArrayList<>();
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private boolean cut;

    Rows(int max) {
        this.max = max;
    }

    /** Runs a query that fills these rows; empty where it was stopped because they are full. */
    Optional<SqlAnswer> isFilledBy(Supplier<SqlAnswer> query) {
        try {
            return Optional.of(query.get());
        } catch (Full full) {
            cut = true;
            return Optional.empty();
        }
    }

    @Override
    public void columns(List<SqlColumn> named) {
        named.forEach(column -> columns.add(column.name()));
    }

    @Override
    public void row(List<@Nullable Object> values) {
        if (rows.size() == max) {
            throw new Full();
        }
        var cells = new ArrayList<@Nullable Object>(values.size());
        values.forEach(value -> cells.add(Cells.plain(value)));
        rows.add(cells);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The first row by its columns; nulls are missing. */
    Map<String, Object> first() {
        var first = new HashMap<String, Object>();
        for (var i = 0; i < columns.size(); i++) {
            var value = rows.getFirst().get(i);
            if (value != null) {
                first.put(columns.get(i), value);
            }
        }
        return first;
    }

    SqlView view(long batch) {
        return new SqlView(batch, columns, rows, cut);
    }

    /** Leaves a query whose further rows nobody wants. */
    private static final class Full extends RuntimeException {
        Full() {
            super("enough rows", null, false, false);
        }
    }
}
