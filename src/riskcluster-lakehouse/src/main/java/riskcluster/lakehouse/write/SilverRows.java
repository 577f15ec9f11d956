package riskcluster.lakehouse.write;

import java.util.List;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.Flags;
import riskcluster.lakehouse.column.Numbers;
import riskcluster.lakehouse.column.PlainBytes;
import riskcluster.lakehouse.column.PlainNumbers;
import riskcluster.lakehouse.column.Reals;
import riskcluster.lakehouse.column.Texts;
import riskcluster.lakehouse.column.Vectors;

/** The rows of {@code silver.transactions} in one file. */
final class SilverRows implements Rows {

    static final long HIGH_VALUE_UNITS = 5_000 * Transaction.UNITS_PER_ONE;

    private final PlainBytes transactionId;
    private final Texts customerKey;
    private final Texts deviceKey;
    private final PlainNumbers eventTime;
    private final PlainNumbers amount;
    private final Texts currency;
    private final Texts merchant;
    private final Texts terminalId;
    private final Texts paymentMethod;
    private final Texts city;
    private final Texts country;
    private final Texts amountCategory;
    private final Numbers hour;
    private final Numbers dayOfWeek;
    private final Flags weekend;
    private final Flags highValue;
    private final Numbers count30m;
    private final Numbers points;
    private final Texts band;
    private final Reals probability;
    private final FiredRuleColumns firedRules;
    private final Vectors features;
    private final Numbers featureVersion;
    private final Texts policyVersion;
    private final Flags late;
    private final Flags approximate;
    private final Texts sourceTopic;
    private final Numbers sourcePartition;
    private final PlainNumbers sourceOffset;
    private final ExtraValues extras;

    /** @param extraFields whose columns stand behind those of the definition */
    SilverRows(Columns columns, List<ExtraField> extraFields) {
        transactionId = columns.plainBytes("transaction_id");
        customerKey = columns.texts("customer_key");
        deviceKey = columns.texts("device_key");
        eventTime = columns.plainNumbers("event_time");
        amount = columns.plainNumbers("amount");
        currency = columns.texts("currency");
        merchant = columns.texts("merchant");
        terminalId = columns.texts("terminal_id");
        paymentMethod = columns.texts("payment_method");
        city = columns.texts("city");
        country = columns.texts("country");
        amountCategory = columns.texts("amount_category");
        hour = columns.numbers("hour");
        dayOfWeek = columns.numbers("day_of_week");
        weekend = columns.flags("is_weekend");
        highValue = columns.flags("is_high_value");
        count30m = columns.numbers("tx_count_30m");
        points = columns.numbers("points");
        band = columns.texts("band");
        probability = columns.reals("probability");
        firedRules = new FiredRuleColumns(columns);
        features = columns.vectors("features.list.element");
        featureVersion = columns.numbers("feature_version");
        policyVersion = columns.texts("policy_version");
        late = columns.flags("is_late");
        approximate = columns.flags("is_approximate");
        sourceTopic = columns.texts("source_topic");
        sourcePartition = columns.numbers("source_partition");
        sourceOffset = columns.plainNumbers("source_offset");
        extras = new ExtraValues(columns, extraFields);
    }

    void add(LogRecord record, Decision decision) {
        Transaction transaction = decision.transaction();
        transactionId.add(transaction.transactionId());
        customerKey.add(decision.customerKey());
        deviceKey.add(decision.deviceKey());
        eventTime.add(transaction.eventTimeMicros());
        amount.add(transaction.amountUnits());
        currency.add(transaction.currency());
        merchant.add(transaction.merchant());
        terminalId.add(transaction.terminalId());
        paymentMethod.add(transaction.paymentMethod());
        city.add(decision.city());
        country.add(decision.country());
        addDerived(transaction);
        count30m.add(decision.count30m());
        points.add(decision.points());
        band.add(decision.band().name());
        probability.add(decision.probability());
        firedRules.add(decision.firedRules());
        features.add(decision.features());
        featureVersion.add(decision.featureVersion());
        policyVersion.add(decision.policyVersion());
        late.add(decision.late());
        approximate.add(decision.approximate());
        sourceTopic.add(record.source().topic());
        sourcePartition.add(record.source().partition());
        sourceOffset.add(record.offset());
        extras.add(transaction.extras());
    }

    private void addDerived(Transaction transaction) {
        int isoDay = UtcClock.isoDayOfWeek(transaction.eventTimeMicros());
        amountCategory.add(amountCategory(transaction.amountUnits()));
        hour.add(UtcClock.hour(transaction.eventTimeMicros()));
        dayOfWeek.add(isoDay);
        weekend.add(isoDay >= UtcClock.SATURDAY);
        highValue.add(transaction.amountUnits() > HIGH_VALUE_UNITS);
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

        private final Texts rule;
        private final Numbers points;
        private final Texts observed;

        FiredRuleColumns(Columns columns) {
            rule = columns.texts("fired_rules.list.element.rule");
            points = columns.numbers("fired_rules.list.element.points");
            observed = columns.texts("fired_rules.list.element.observed");
        }

        void add(List<FiredRule> fired) {
            if (fired.isEmpty()) {
                rule.addNone();
                points.addNone();
                observed.addNone();
                return;
            }
            int repetition = 0;
            for (FiredRule one : fired) {
                rule.add(one.rule(), repetition);
                points.add(one.points(), repetition);
                observed.add(one.observed(), repetition);
                repetition = 1;
            }
        }
    }
}
