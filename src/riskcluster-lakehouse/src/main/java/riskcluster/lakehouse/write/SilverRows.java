package riskcluster.lakehouse.write;

import java.util.List;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/** The rows of {@code silver.transactions} in one file. */
final class SilverRows implements Rows {

    private static final long HIGH_VALUE_UNITS = 5_000 * Transaction.UNITS_PER_ONE;

    private final ColumnSink transactionId;
    private final ColumnSink customerKey;
    private final ColumnSink deviceKey;
    private final ColumnSink eventTime;
    private final ColumnSink amount;
    private final ColumnSink currency;
    private final ColumnSink merchant;
    private final ColumnSink terminalId;
    private final ColumnSink paymentMethod;
    private final ColumnSink city;
    private final ColumnSink country;
    private final ColumnSink amountCategory;
    private final ColumnSink hour;
    private final ColumnSink dayOfWeek;
    private final ColumnSink weekend;
    private final ColumnSink highValue;
    private final ColumnSink count30m;
    private final ColumnSink points;
    private final ColumnSink band;
    private final ColumnSink probability;
    private final FiredRuleColumns firedRules;
    private final ColumnSink features;
    private final ColumnSink featureVersion;
    private final ColumnSink policyVersion;
    private final ColumnSink late;
    private final ColumnSink approximate;
    private final ColumnSink sourceTopic;
    private final ColumnSink sourcePartition;
    private final ColumnSink sourceOffset;

    SilverRows(Columns columns) {
        transactionId = columns.next("transaction_id");
        customerKey = columns.next("customer_key");
        deviceKey = columns.next("device_key");
        eventTime = columns.next("event_time");
        amount = columns.next("amount");
        currency = columns.next("currency");
        merchant = columns.next("merchant");
        terminalId = columns.next("terminal_id");
        paymentMethod = columns.next("payment_method");
        city = columns.next("city");
        country = columns.next("country");
        amountCategory = columns.next("amount_category");
        hour = columns.next("hour");
        dayOfWeek = columns.next("day_of_week");
        weekend = columns.next("is_weekend");
        highValue = columns.next("is_high_value");
        count30m = columns.next("tx_count_30m");
        points = columns.next("points");
        band = columns.next("band");
        probability = columns.next("probability");
        firedRules = new FiredRuleColumns(columns);
        features = columns.next("features.list.element");
        featureVersion = columns.next("feature_version");
        policyVersion = columns.next("policy_version");
        late = columns.next("is_late");
        approximate = columns.next("is_approximate");
        sourceTopic = columns.next("source_topic");
        sourcePartition = columns.next("source_partition");
        sourceOffset = columns.next("source_offset");
    }

    void add(LogRecord record, Decision decision) {
        Transaction transaction = decision.transaction();
        transactionId.unique(transaction.transactionId());
        customerKey.text(decision.customerKey());
        deviceKey.text(decision.deviceKey());
        eventTime.number(transaction.eventTimeMicros());
        amount.number(transaction.amountUnits());
        currency.text(transaction.currency());
        merchant.text(transaction.merchant());
        terminalId.text(transaction.terminalId());
        paymentMethod.text(transaction.paymentMethod());
        city.text(decision.city());
        country.text(decision.country());
        addDerived(transaction);
        count30m.number(decision.count30m());
        points.number(decision.points());
        band.text(decision.band().name());
        probability.real(decision.probability());
        firedRules.add(decision.firedRules());
        addFeatures(decision.features());
        featureVersion.number(decision.featureVersion());
        policyVersion.text(decision.policyVersion());
        late.flag(decision.late());
        approximate.flag(decision.approximate());
        sourceTopic.text(record.source().topic());
        sourcePartition.number(record.source().partition());
        sourceOffset.number(record.offset());
    }

    private void addDerived(Transaction transaction) {
        int isoDay = UtcClock.isoDayOfWeek(transaction.eventTimeMicros());
        amountCategory.text(amountCategory(transaction.amountUnits()));
        hour.number(UtcClock.hour(transaction.eventTimeMicros()));
        dayOfWeek.number(isoDay);
        weekend.flag(isoDay >= UtcClock.SATURDAY);
        highValue.flag(transaction.amountUnits() > HIGH_VALUE_UNITS);
    }

    private void addFeatures(float[] vector) {
        if (vector.length == 0) {
            features.emptyList();
        }
        for (int i = 0; i < vector.length; i++) {
            features.real(vector[i], i == 0 ? 0 : 1);
        }
    }

    /** Micro below 10, small below 100, medium below 1000, large up to 5000 inclusive, else very_large. */
    static String amountCategory(long units) {
        if (units > HIGH_VALUE_UNITS) {
            return "very_large";
        }
        if (units >= 1_000 * Transaction.UNITS_PER_ONE) {
            return "large";
        }
        if (units >= 100 * Transaction.UNITS_PER_ONE) {
            return "medium";
        }
        return units >= 10 * Transaction.UNITS_PER_ONE ? "small" : "micro";
    }

    /** The three columns in which the fired rules lie. */
    private static final class FiredRuleColumns {

        private final ColumnSink rule;
        private final ColumnSink points;
        private final ColumnSink observed;

        FiredRuleColumns(Columns columns) {
            rule = columns.next("fired_rules.list.element.rule");
            points = columns.next("fired_rules.list.element.points");
            observed = columns.next("fired_rules.list.element.observed");
        }

        void add(List<FiredRule> fired) {
            if (fired.isEmpty()) {
                rule.emptyList();
                points.emptyList();
                observed.emptyList();
                return;
            }
            int repetition = 0;
            for (FiredRule one : fired) {
                rule.text(one.rule(), repetition);
                points.number(one.points(), repetition);
                observed.text(one.observed(), repetition);
                repetition = 1;
            }
        }
    }
}
