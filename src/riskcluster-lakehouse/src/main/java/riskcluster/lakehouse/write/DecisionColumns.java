package riskcluster.lakehouse.write;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.log.LogRecord;

/**
 * What each column of {@code silver.transactions} says of a decision, in one plain form for what is decided and for what
 * is read: text, whole numbers, times as microseconds, amounts as units of 10^-4, lists.
 */
public final class DecisionColumns {

    /** How a column's value follows from record and decision. */
    @FunctionalInterface
    public interface Says {
        @Nullable
        Object of(LogRecord record, Decision decision);
    }

    /** One column. */
    public record DecisionColumn(String name, Says says) {

        /** What the decision puts there. */
        public @Nullable Object decided(LogRecord record, Decision decision) {
            return says.of(record, decision);
        }
    }

    private static final int AMOUNT_SCALE = 4;

    /** In the order of the table. */
    public static final List<DecisionColumn> ALL = all();

    private DecisionColumns() {}

    private static List<DecisionColumn> all() {
        var columns = new LinkedHashMap<String, Says>();
        sent(columns);
        derived(columns);
        decided(columns);
        columns.put("source_topic", (record, decision) -> record.source().topic());
        columns.put("source_partition", (record, decision) -> record.source().partition());
        columns.put("source_offset", (record, decision) -> record.offset());
        return columns.entrySet().stream()
                .map(one -> new DecisionColumn(one.getKey(), one.getValue()))
                .toList();
    }

    private static void sent(Map<String, Says> columns) {
        columns.put(
                "transaction_id", (record, decision) -> decision.transaction().transactionId());
        columns.put("customer_key", (record, decision) -> decision.customerKey());
        columns.put("device_key", (record, decision) -> decision.deviceKey());
        columns.put("event_time", (record, decision) -> decision.transaction().eventTimeMicros());
        columns.put("amount", (record, decision) -> decision.transaction().amountUnits());
        columns.put("currency", (record, decision) -> decision.transaction().currency());
        columns.put("merchant", (record, decision) -> decision.transaction().merchant());
        columns.put("terminal_id", (record, decision) -> decision.transaction().terminalId());
        columns.put(
                "payment_method", (record, decision) -> decision.transaction().paymentMethod());
        columns.put("city", (record, decision) -> decision.city());
        columns.put("country", (record, decision) -> decision.country());
    }

    private static void derived(Map<String, Says> columns) {
        columns.put(
                "amount_category",
                (record, decision) ->
                        SilverRows.amountCategory(decision.transaction().amountUnits()));
        columns.put(
                "hour",
                (record, decision) -> UtcClock.hour(decision.transaction().eventTimeMicros()));
        columns.put(
                "day_of_week",
                (record, decision) ->
                        UtcClock.isoDayOfWeek(decision.transaction().eventTimeMicros()));
        columns.put(
                "is_weekend",
                (record, decision) ->
                        UtcClock.isoDayOfWeek(decision.transaction().eventTimeMicros()) >= UtcClock.SATURDAY);
        columns.put(
                "is_high_value",
                (record, decision) -> decision.transaction().amountUnits() > SilverRows.HIGH_VALUE_UNITS);
    }

    private static void decided(Map<String, Says> columns) {
        columns.put("tx_count_30m", (record, decision) -> decision.count30m());
        columns.put("points", (record, decision) -> decision.points());
        columns.put("band", (record, decision) -> decision.band().name());
        columns.put(
                "probability",
                (record, decision) -> Double.isNaN(decision.probability()) ? null : decision.probability());
        columns.put("fired_rules", (record, decision) -> decision.firedRules());
        columns.put("features", (record, decision) -> floats(decision.features()));
        columns.put("feature_version", (record, decision) -> decision.featureVersion());
        columns.put("policy_version", (record, decision) -> decision.policyVersion());
        columns.put("is_late", (record, decision) -> decision.late());
        columns.put("is_approximate", (record, decision) -> decision.approximate());
    }

    private static List<Float> floats(float[] values) {
        var list = new ArrayList<Float>(values.length);
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    /** A value of a row as it is read, in the plain form. */
    public static @Nullable Object plain(@Nullable Object read) {
        return switch (read) {
            case null -> null;
            case OffsetDateTime time -> micros(time);
            case BigDecimal amount ->
                amount.setScale(AMOUNT_SCALE).unscaledValue().longValueExact();
            case CharSequence text -> text.toString();
            case List<?> list -> plain(list);
            default -> read;
        };
    }

    private static long micros(OffsetDateTime time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
    }

    private static List<?> plain(List<?> list) {
        if (list.isEmpty() || !(list.getFirst() instanceof Record)) {
            return list;
        }
        var rules = new ArrayList<FiredRule>(list.size());
        for (Object element : list) {
            var rule = (Record) element;
            rules.add(new FiredRule(
                    Objects.toString(rule.getField("rule")),
                    (Integer) rule.getField("points"),
                    Objects.toString(rule.getField("observed"))));
        }
        return rules;
    }
}
