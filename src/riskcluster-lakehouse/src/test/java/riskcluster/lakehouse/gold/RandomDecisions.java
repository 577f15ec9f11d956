package riskcluster.lakehouse.gold;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/**
 * Made-up decisions: bursts of a quarter of an hour, a day apart, so that some windows hold more than a thousand
 * customers; some records arrive up to nine days late, some repeat or lack what is optional.
 */
final class RandomDecisions {

    private static final long MINUTE_MICROS = 60_000_000;
    private static final long DAY_MICROS = 1_440 * MINUTE_MICROS;
    private static final long START_MICROS = 1_522_540_800_000_000L;
    private static final int BURST = 5_000;

    private final Random random;
    private int made;

    RandomDecisions(long seed) {
        random = new Random(seed);
    }

    Judged next(LogPartition source, long offset) {
        long micros = START_MICROS + made++ / BURST * DAY_MICROS + random.nextLong(15 * MINUTE_MICROS);
        if (random.nextInt(20) == 0) {
            micros -= random.nextLong(random.nextInt(25) == 0 ? 9 * DAY_MICROS : 40 * MINUTE_MICROS);
        }
        var record = new LogRecord(source, offset, micros / 1_000, new byte[] {1}, new byte[] {2}, List.of());
        Transaction transaction = transaction(micros);
        return new Judged(
                record,
                random.nextInt(50) == 0
                        ? new Outcome.Duplicate(transaction)
                        : new Outcome.Decided(decision(transaction)));
    }

    private Transaction transaction(long micros) {
        long units = random.nextInt(1_000) == 0 ? 999_999_999_999_999_999L : random.nextLong(80_000_000);
        return new Transaction(
                "t" + made,
                "u" + random.nextInt(20_000),
                units,
                micros,
                oneOf("USD", "USD", "USD", "VND", null),
                random.nextInt(30) == 0 ? null : "m" + random.nextInt(40),
                null,
                oneOf("card", "card", "card", "card", "card", "card", "crypto", null),
                null,
                random.nextInt(10) == 0 ? null : "d" + random.nextInt(30_000),
                random.nextInt(3) == 0 ? null : random.nextInt(10) == 0);
    }

    private Decision decision(Transaction transaction) {
        Band band = Band.values()[random.nextInt(Band.values().length)];
        return new Decision(
                transaction,
                "k1:" + transaction.userId(),
                transaction.deviceId() == null ? null : "k1:" + transaction.deviceId(),
                null,
                oneOf("VN", "VN", "VN", "DE", "US", null),
                1,
                0,
                band,
                Double.NaN,
                List.of(),
                new float[0],
                1,
                "p",
                false,
                false,
                band.atLeast(Band.MEDIUM));
    }

    private @Nullable String oneOf(@Nullable String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
