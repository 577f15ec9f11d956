package riskcluster.node.answers;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import riskcluster.node.view.DecisionView;

/** A decision read back from its row in silver. */
final class SilverDecision {

    private static final String COLUMNS =
            "transaction_id, customer_key, event_time, amount, currency, merchant, points,"
                    + " band, probability, fired_rules, tx_count_30m, is_late, is_approximate, policy_version,"
                    + " source_topic || '/' || source_partition || '/' || source_offset AS source";

    private SilverDecision() {}

    /** The newest decision about this id: two customers may use the same one. */
    static String query(String transactionId) {
        return "SELECT " + COLUMNS + " FROM silver.transactions WHERE transaction_id = '"
                + transactionId.replace("'", "''") + "' ORDER BY event_time DESC LIMIT 1";
    }

    static DecisionView view(Map<String, Object> row) {
        return new DecisionView(
                "decided",
                String.valueOf(row.get("source")),
                text(row, "transaction_id"),
                text(row, "customer_key"),
                text(row, "event_time"),
                amount(row),
                text(row, "currency"),
                text(row, "merchant"),
                number(row, "points"),
                text(row, "band"),
                row.get("probability") instanceof Double probability ? probability : null,
                null,
                fired(row),
                number(row, "tx_count_30m"),
                flag(row, "is_late"),
                flag(row, "is_approximate"),
                text(row, "policy_version"),
                null,
                null);
    }

    private static List<DecisionView.Fired> fired(Map<String, Object> row) {
        return row.get("fired_rules") instanceof List<?> rules
                ? rules.stream().map(SilverDecision::fired).toList()
                : List.of();
    }

    private static DecisionView.Fired fired(@Nullable Object rule) {
        if (!(rule instanceof Map<?, ?> fields) || !(fields.get("points") instanceof Number points)) {
            throw new IllegalStateException("a fired rule is read as " + rule);
        }
        return new DecisionView.Fired(
                String.valueOf(fields.get("rule")), points.intValue(), String.valueOf(fields.get("observed")));
    }

    private static @Nullable String amount(Map<String, Object> row) {
        return row.get("amount") instanceof BigDecimal amount
                ? amount.stripTrailingZeros().toPlainString()
                : null;
    }

    private static @Nullable String text(Map<String, Object> row, String column) {
        var value = row.get(column);
        return value == null ? null : value.toString();
    }

    private static @Nullable Integer number(Map<String, Object> row, String column) {
        return row.get(column) instanceof Number number ? number.intValue() : null;
    }

    private static @Nullable Boolean flag(Map<String, Object> row, String column) {
        return row.get(column) instanceof Boolean flag ? flag : null;
    }
}
