package riskcluster.lakehouse.write;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.table.StarKeys;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.Flags;
import riskcluster.lakehouse.column.Numbers;
import riskcluster.lakehouse.column.PlainBytes;
import riskcluster.lakehouse.column.PlainNumbers;
import riskcluster.lakehouse.column.Reals;
import riskcluster.lakehouse.column.Texts;

/** The rows of {@code gold.fact_transaction} in one file. */
final class FactRows implements Rows {

    /** Merchants and countries repeat; past so many they are forgotten, and made again. */
    private static final int KEYS_REMEMBERED_MAX = 10_000;

    private final PlainBytes transactionId;
    private final PlainNumbers customer;
    private final Numbers merchant;
    private final PlainNumbers device;
    private final Numbers country;
    private final Numbers date;
    private final PlainNumbers eventTime;
    private final PlainNumbers amount;
    private final Texts currency;
    private final Texts paymentMethod;
    private final Flags fraud;
    private final Numbers points;
    private final Texts band;
    private final Reals probability;
    private final Flags late;
    private final Texts sourceTopic;
    private final Numbers sourcePartition;
    private final PlainNumbers sourceOffset;
    private final StarKeys keys = new StarKeys();
    private final Map<String, Long> remembered = new HashMap<>();
    private long lastDay = Long.MIN_VALUE;
    private int lastDate;

    FactRows(Columns columns) {
        transactionId = columns.plainBytes("transaction_id");
        customer = columns.plainNumbers("dim_customer_key");
        merchant = columns.numbers("dim_merchant_key");
        device = columns.plainNumbers("dim_device_key");
        country = columns.numbers("dim_country_key");
        date = columns.numbers("dim_date_key");
        eventTime = columns.plainNumbers("event_time");
        amount = columns.plainNumbers("amount");
        currency = columns.texts("currency");
        paymentMethod = columns.texts("payment_method");
        fraud = columns.flags("is_fraud");
        points = columns.numbers("points");
        band = columns.texts("band");
        probability = columns.reals("probability");
        late = columns.flags("is_late");
        sourceTopic = columns.texts("source_topic");
        sourcePartition = columns.numbers("source_partition");
        sourceOffset = columns.plainNumbers("source_offset");
    }

    /** @param customerVersion key of the customer's version that is valid at the decision's event time */
    void add(LogRecord record, Decision decision, long customerVersion) {
        Transaction transaction = decision.transaction();
        transactionId.add(transaction.transactionId());
        customer.add(customerVersion);
        merchant.add(rememberedKey(transaction.merchant()));
        device.add(keys.of(decision.deviceKey()));
        country.add(rememberedKey(decision.country()));
        date.add(date(transaction.eventTimeMicros()));
        eventTime.add(transaction.eventTimeMicros());
        amount.add(transaction.amountUnits());
        currency.add(transaction.currency());
        paymentMethod.add(transaction.paymentMethod());
        fraud.add(transaction.fraud());
        points.add(decision.points());
        band.add(decision.band().name());
        probability.add(decision.probability());
        late.add(decision.late());
        sourceTopic.add(record.source().topic());
        sourcePartition.add(record.source().partition());
        sourceOffset.add(record.offset());
    }

    private long rememberedKey(@Nullable String text) {
        if (text == null) {
            return StarKeys.NOTHING;
        }
        if (remembered.size() == KEYS_REMEMBERED_MAX) {
            remembered.clear();
        }
        return remembered.computeIfAbsent(text, keys::of);
    }

    private int date(long micros) {
        int day = UtcClock.day(micros);
        if (day != lastDay) {
            lastDay = day;
            lastDate = StarKeys.ofDay(day);
        }
        return lastDate;
    }
}
