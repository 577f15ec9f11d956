package riskcluster.actors.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/** Made-up logs: customers come singly, now and then in a rush; some records are late, some are duplicates. */
final class Happenings {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);
    private static final long START_MICROS = 1_522_540_800_000_000L;
    private static final long SECOND = 1_000_000;
    private static final int CUSTOMERS = 6;
    private static final int RUSH_OF = 12;

    private Happenings() {}

    static List<Judged> random(long seed, int count) {
        var random = new Random(seed);
        var log = new ArrayList<Judged>();
        long micros = START_MICROS;
        while (log.size() < count) {
            micros += random.nextLong(40 * SECOND);
            var customer = "c" + random.nextInt(CUSTOMERS);
            int rush = random.nextInt(RUSH_OF) == 0 ? 5 + random.nextInt(8) : 1;
            for (int i = 0; i < rush; i++) {
                long late = random.nextInt(8) == 0 ? random.nextLong(90 * SECOND) : 0;
                log.add(
                        random.nextInt(15) == 0
                                ? duplicate(log.size(), customer, micros)
                                : decided(log.size(), customer, micros - late));
                micros += random.nextLong(SECOND);
            }
        }
        return log;
    }

    static Judged decided(long offset, String customer, long micros) {
        return new Judged(record(offset), new Outcome.Decided(decision(transaction(offset, customer, micros))));
    }

    static Judged duplicate(long offset, String customer, long micros) {
        return new Judged(record(offset), new Outcome.Duplicate(transaction(offset, customer, micros)));
    }

    private static LogRecord record(long offset) {
        return new LogRecord(SOURCE, offset, START_MICROS / 1_000, new byte[0], new byte[0], List.of());
    }

    private static Transaction transaction(long offset, String customer, long micros) {
        return new Transaction("t" + offset, customer, 100, micros, null, null, null, null, null, null, null);
    }

    private static Decision decision(Transaction transaction) {
        return new Decision(
                transaction,
                "k1:" + transaction.userId(),
                null,
                null,
                null,
                1,
                0,
                Band.MINIMAL,
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
