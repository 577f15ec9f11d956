package riskcluster.actors.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import riskcluster.actors.Made;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;

/** Made-up logs: customers come singly, now and then in a rush; some records are late, some are duplicates. */
final class Happenings {

    private static final long SECOND = 1_000_000;
    private static final int CUSTOMERS = 6;
    private static final int RUSH_OF = 12;

    private Happenings() {}

    static List<Judged> random(long seed, int count) {
        var random = new Random(seed);
        var log = new ArrayList<Judged>();
        long micros = Made.START_MICROS;
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
        return new Judged(
                Made.record(offset),
                new Outcome.Decided(Made.decision(Made.transaction(offset, customer, micros), null, Band.MINIMAL)));
    }

    static Judged duplicate(long offset, String customer, long micros) {
        return new Judged(Made.record(offset), new Outcome.Duplicate(Made.transaction(offset, customer, micros)));
    }
}
