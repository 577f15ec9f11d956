package riskcluster.lakehouse.correct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.erase.RowChange;
import riskcluster.lakehouse.gold.BandMove;
import riskcluster.lakehouse.write.DecisionColumns;

/** Other decisions in some rows of one file, and what became others by that. */
final class DecisionChange implements RowChange {

    private static final List<String> COORDINATES = List.of("source_topic", "source_partition", "source_offset");

    private final CorrectableColumns columns;
    private final NewDecisions decisions;
    private final Schema schema;
    private final List<BandMove> moves = new ArrayList<>();
    private long changed;

    /** @param schema of the whole table */
    DecisionChange(CorrectableColumns columns, NewDecisions decisions, Schema schema) {
        this.columns = columns;
        this.decisions = decisions;
        this.schema = schema;
    }

    /** Rows that are others now. */
    long changed() {
        return changed;
    }

    /** Of those, the rows of silver with another band. */
    List<BandMove> moves() {
        return moves;
    }

    @Override
    public List<String> columns() {
        return Stream.concat(COORDINATES.stream(), columns.names().stream()).toList();
    }

    @Override
    public Expression filter() {
        return Expressions.and(
                Expressions.greaterThanOrEqual("source_offset", decisions.first()),
                Expressions.lessThanOrEqual("source_offset", decisions.last()));
    }

    @Override
    public boolean concerns(Record row) {
        NewDecision decision = decision(row);
        return decision != null && !changes(row, decision).isEmpty();
    }

    @Override
    public List<Record> left(Record row) {
        NewDecision decision = Objects.requireNonNull(decision(row), "only rows that it concerns");
        Map<String, @Nullable Object> changes = changes(row, decision);
        if (columns == CorrectableColumns.SILVER && changes.containsKey("band")) {
            moves.add(move(row, decision));
        }
        changes.forEach(row::setField);
        changed++;
        return List.of(row);
    }

    private @Nullable NewDecision decision(Record row) {
        return decisions.find(
                new LogPartition(
                        Objects.toString(row.getField("source_topic")), (Integer) row.getField("source_partition")),
                (Long) row.getField("source_offset"));
    }

    /** The columns that become others. */
    private Map<String, @Nullable Object> changes(Record row, NewDecision decision) {
        Map<String, @Nullable Object> values = columns.values(decision, schema);
        values.entrySet()
                .removeIf(one -> Objects.equals(
                        DecisionColumns.plain(row.getField(one.getKey())), DecisionColumns.plain(one.getValue())));
        return values;
    }

    private static BandMove move(Record row, NewDecision decision) {
        return new BandMove(
                (Long) Objects.requireNonNull(DecisionColumns.plain(row.getField("event_time"))),
                decision.watermarkMicros(),
                text(row, "merchant"),
                text(row, "payment_method"),
                text(row, "country"),
                text(row, "customer_key"),
                text(row, "currency"),
                Band.valueOf(Objects.toString(row.getField("band"))),
                decision.band());
    }

    private static @Nullable String text(Record row, String column) {
        Object value = row.getField(column);
        return value == null ? null : value.toString();
    }
}
