package riskcluster.actors.star;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.Made;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;

/**
 * Made-up logs of customers who move, travel, and grow worse; some records are late, some have equal times, some repeat. The
 * key of their pseudonyms changes, and changes back.
 */
final class Lives {

    private static final int CUSTOMERS = 5;
    private static final List<String> COUNTRIES = List.of("VN", "US", "DE");

    private Lives() {}

    /** In the middle third of the log another key names customers. */
    static List<Judged> random(long seed, int count) {
        var random = new Random(seed);
        var log = new ArrayList<Judged>();
        long micros = Made.START_MICROS;
        while (log.size() < count) {
            micros += random.nextInt(3) == 0 ? 0 : random.nextInt(20);
            long late = random.nextInt(6) == 0 ? random.nextInt(20 * count) : 0;
            var customer = "c" + random.nextInt(CUSTOMERS);
            int travels = (log.size() / 40 + random.nextInt(4) / 3) % COUNTRIES.size();
            var country = random.nextInt(9) == 0 ? null : COUNTRIES.get(travels);
            var band = random.nextInt(30) == 0 ? Band.values()[random.nextInt(5)] : Band.MINIMAL;
            int keyVersion = 1 + 3 * log.size() / count % 2;
            var decision = decision(log.size(), customer, micros - late, keyVersion, country, band);
            log.add(
                    random.nextInt(15) == 0
                            ? new Judged(Made.record(log.size()), new Outcome.Duplicate(decision.transaction()))
                            : new Judged(Made.record(log.size()), new Outcome.Decided(decision)));
        }
        return log;
    }

    static Judged decided(long offset, String customer, long micros, @Nullable String country, Band band) {
        return decided(offset, customer, micros, 1, country, band);
    }

    static Judged decided(
            long offset, String customer, long micros, int keyVersion, @Nullable String country, Band band) {
        return new Judged(
                Made.record(offset),
                new Outcome.Decided(decision(offset, customer, micros, keyVersion, country, band)));
    }

    private static Decision decision(
            long offset, String customer, long micros, int keyVersion, @Nullable String country, Band band) {
        return Made.decision(Made.transaction(offset, customer, micros), keyVersion, country, band);
    }
}
