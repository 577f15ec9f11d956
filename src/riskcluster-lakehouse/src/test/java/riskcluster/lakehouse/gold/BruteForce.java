package riskcluster.lakehouse.gold;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;

/** The rows of a windowed table, written a second time: group by group, over everything at once. */
final class BruteForce {

    private static final long MINUTE_MICROS = 60_000_000;
    private static final long CORRECTION_MICROS = 7 * 1_440 * MINUTE_MICROS;

    private final long lengthMicros;
    private final long stepMicros;
    private final Function<Decision, @Nullable String> text;
    private final boolean byCurrency;
    private final Map<RowKey, Group> groups = new HashMap<>();

    BruteForce(int lengthMinutes, int stepMinutes, Function<Decision, @Nullable String> text, boolean byCurrency) {
        this.lengthMicros = lengthMinutes * MINUTE_MICROS;
        this.stepMicros = stepMinutes * MINUTE_MICROS;
        this.text = text;
        this.byCurrency = byCurrency;
    }

    static final class Group {
        long transactions;
        BigDecimal revenue = BigDecimal.ZERO.setScale(4);
        long flagged;
        final long[] bands = new long[Band.values().length];
        final Set<String> users = new HashSet<>();
        final Set<String> devices = new HashSet<>();
        final Set<String> merchants = new HashSet<>();
        final Map<@Nullable String, Long> paymentMethods = new HashMap<>();
        long highValue;

        private void add(Decision decision) {
            var transaction = decision.transaction();
            transactions++;
            revenue = revenue.add(BigDecimal.valueOf(transaction.amountUnits(), 4));
            flagged += Boolean.TRUE.equals(transaction.fraud()) ? 1 : 0;
            bands[decision.band().ordinal()]++;
            highValue += transaction.amountUnits() > 50_000_000 ? 1 : 0;
            paymentMethods.merge(transaction.paymentMethod(), 1L, Long::sum);
            if (transaction.merchant() != null) {
                merchants.add(transaction.merchant());
            }
            users.add(decision.customerKey());
            if (decision.deviceKey() != null) {
                devices.add(decision.deviceKey());
            }
        }

        long of(Band band) {
            return bands[band.ordinal()];
        }
    }

    Map<RowKey, Group> over(Map<LogPartition, List<Judged>> logs) {
        for (List<Judged> log : logs.values()) {
            long watermark = Long.MIN_VALUE;
            for (Judged judged : log) {
                if (judged.outcome() instanceof Outcome.Decided(var decision)) {
                    watermark = Math.max(watermark, decision.transaction().eventTimeMicros());
                    add(decision, watermark);
                }
            }
        }
        return groups;
    }

    private void add(Decision decision, long watermark) {
        long micros = decision.transaction().eventTimeMicros();
        long start = Math.floorDiv(micros, stepMicros) * stepMicros;
        for (; start + lengthMicros > micros; start -= stepMicros) {
            if (watermark <= start + lengthMicros + CORRECTION_MICROS) {
                var key = new RowKey(
                        start,
                        text.apply(decision),
                        byCurrency ? decision.transaction().currency() : null);
                groups.computeIfAbsent(key, fresh -> new Group()).add(decision);
            }
        }
    }
}
