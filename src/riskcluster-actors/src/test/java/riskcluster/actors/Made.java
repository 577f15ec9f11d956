package riskcluster.actors;

import java.util.List;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/** Records, transactions and decisions of which only what is given matters. */
public final class Made {

    /** Where the records stand. */
    public static final LogPartition SOURCE = new LogPartition("transactions", 0);

    /** When the first of them came. */
    public static final long START_MICROS = 1_522_540_800_000_000L;

    private Made() {}

    public static LogRecord record(long offset) {
        return new LogRecord(SOURCE, offset, START_MICROS / 1_000, new byte[0], new byte[0], List.of());
    }

    public static Transaction transaction(long offset, String customer, long micros) {
        return new Transaction("t" + offset, customer, 100, micros, null, null, null, null, null, null, null);
    }

    public static Decision decision(Transaction transaction, @Nullable String country, Band band) {
        return decision(transaction, 1, country, band);
    }

    /** The same under the key of this version. */
    public static Decision decision(Transaction transaction, int keyVersion, @Nullable String country, Band band) {
        return new Decision(
                transaction,
                "k" + keyVersion + ":" + transaction.userId(),
                null,
                null,
                country,
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
                false);
    }
}
