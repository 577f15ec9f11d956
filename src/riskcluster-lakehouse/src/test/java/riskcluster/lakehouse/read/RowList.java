package riskcluster.lakehouse.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps what a query gives. */
public final class RowList implements RowReceiver {

    final List<SqlColumn> columns = new ArrayList<>();
    final List<List<@Nullable Object>> rows = new ArrayList<>();

    /** All that a query of this batch gives; it must not be refused. */
    public static RowList of(PinnedBatch batch, String sql) {
        var list = new RowList();
        try (var engine = new BatchSql(batch)) {
            assertThat(engine.query(sql, list)).as(sql).isInstanceOf(SqlAnswer.Done.class);
        }
        return list;
    }

    @Override
    public void columns(List<SqlColumn> received) {
        columns.addAll(received);
    }

    @Override
    public void row(List<@Nullable Object> values) {
        rows.add(values);
    }

    /** Row by row the values. */
    public List<List<@Nullable Object>> rows() {
        return rows;
    }

    /** The first value of the first row. */
    public String first() {
        return String.valueOf(rows.getFirst().getFirst());
    }

    /** Each row's values with blanks between. */
    public List<String> texts() {
        return rows.stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .toList();
    }
}
