package riskcluster.lakehouse.read;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps what a query gives. */
public final class RowList implements RowReceiver {

    final List<SqlColumn> columns = new ArrayList<>();
    final List<List<@Nullable Object>> rows = new ArrayList<>();

    @Override
    public void columns(List<SqlColumn> received) {
        columns.addAll(received);
    }

    @Override
    public void row(List<@Nullable Object> values) {
        rows.add(values);
    }

    /** Each row's values with blanks between. */
    public List<String> texts() {
        return rows.stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .toList();
    }
}
