package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.correct.NewDecision;
import riskcluster.lakehouse.correct.NewDecisions;
import riskcluster.lakehouse.ledger.CorrectionTable;
import riskcluster.lakehouse.ledger.StoredCorrection.Span;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.read.PinnedBatch;

/** Records of which some are corrected, and what must hold of gold then. */
final class Corrected {

    static final LogPartition ONE = new LogPartition("transactions", 0);

    /** Its windows were over a week ago when it came. */
    private static final long LEFT_OUT = 25;

    private static final long MINUTE_MICROS = 60_000_000;

    private Corrected() {}

    static List<Judged> records(LogPartition source, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> offset % 9 == 0
                        ? Samples.duplicate(source, offset, micros(offset))
                        : Samples.decided(source, offset, micros(offset)))
                .toList();
    }

    private static long micros(long offset) {
        long micros = Samples.DAY_ZERO_MICROS + offset % 2 * Samples.DAY_MICROS + offset * 2 * MINUTE_MICROS;
        return offset == LEFT_OUT ? micros - 10 * Samples.DAY_MICROS : micros;
    }

    static void ask(TestLake lake, long from, long to, Band band, String version) {
        var decisions = new ArrayList<NewDecision>();
        for (long offset = from; offset < to; offset++) {
            if (offset % 9 != 0) {
                decisions.add(decision(offset, band, version));
            }
        }
        new Transactions(lake.database).<Boolean>run("ask", connection -> {
            CorrectionTable.request(
                    connection,
                    UUID.randomUUID(),
                    Optional.of(new StoredPolicy(version, "{}")),
                    List.of(new Span(ONE, from, to)),
                    NewDecisions.of(Map.of(ONE, decisions)).portions());
            return true;
        });
    }

    /** The sample's, with another judgement. */
    private static NewDecision decision(long offset, Band band, String version) {
        var judged = Samples.decided(ONE, offset, micros(offset));
        var was = ((Outcome.Decided) judged.outcome()).decision();
        long watermark =
                LongStream.rangeClosed(0, offset).map(Corrected::micros).max().orElseThrow();
        return new NewDecision(
                offset,
                watermark,
                was.count30m(),
                80,
                band,
                was.probability(),
                List.of(new FiredRule("high_amount", 80, "6000")),
                was.features(),
                was.featureVersion(),
                version,
                was.late(),
                was.approximate());
    }

    /** Dies at every step once, of maintenance and of the committer, until it is published. */
    static void publishedByTheDying(TestLake lake) {
        var died = new HashSet<String>();
        int deaths = 0;
        while (lake.count("SELECT count(*) FROM rc_correction WHERE ended_at IS NULL") > 0 && deaths < 100) {
            var committer = lake.committer(lake.database, step -> {
                if (died.add("committer " + step)) {
                    throw new Died();
                }
            });
            var maintenance = Upkeep.of(
                    lake,
                    committer::rewrite,
                    Upkeep.compaction(1_000),
                    step -> {
                        if (died.add("maintenance " + step)) {
                            throw new Died();
                        }
                    },
                    Clock.systemUTC());
            try {
                maintenance.runOnce();
            } catch (Died expected) {
                deaths++;
            }
        }
        assertThat(died)
                .contains("maintenance FILES_WRITTEN", "maintenance STAGED", "committer FENCE_HELD")
                .contains("committer POINTERS_MOVED", "committer BEFORE_COMMIT", "committer AFTER_COMMIT");
        assertThat(deaths).isGreaterThanOrEqualTo(6);
    }

    /** A process that is gone; no handler of the program hears of it. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** All of it in one query: opening the tables is what takes time. */
    static void goldEqualsSilver(TestLake lake) {
        var wrong = new ArrayList<String>();
        Map.of(
                        Tables.GOLD_MERCHANT_10M, "merchant",
                        Tables.GOLD_PAYMENT_METHOD_10M, "payment_method",
                        Tables.GOLD_COUNTRY_10M, "country",
                        Tables.GOLD_USER_1H, "customer_key")
                .forEach((table, key) -> {
                    String grouped = grouped(key, table.equals(Tables.GOLD_USER_1H) ? "1 hour" : "10 minutes");
                    String told = "SELECT window_start, " + key + ", currency, transactions, medium, high, critical"
                            + " FROM " + table.qualifiedName();
                    wrong.add("(" + grouped + ") EXCEPT (" + told + ")");
                    wrong.add("(" + told + ") EXCEPT (" + grouped + ")");
                });
        String columns = "source_partition, source_offset, points, band, probability, policy_version, is_late";
        wrong.add("SELECT " + columns + " FROM silver.transactions EXCEPT SELECT " + columns + " FROM gold.features");
        String counts = wrong.stream()
                .map(query -> "(SELECT count(*) FROM (" + query + "))")
                .collect(Collectors.joining(" + "));
        assertThat(Content.rows(PinnedBatch.newest(lake.database, lake.catalog), "SELECT " + counts))
                .containsExactly("0");
    }

    private static String grouped(String key, String width) {
        return "SELECT time_bucket(INTERVAL '" + width + "', event_time) AS window_start, " + key
                + ", currency, count(*) AS transactions, count(*) FILTER (band = 'MEDIUM') AS medium,"
                + " count(*) FILTER (band = 'HIGH') AS high, count(*) FILTER (band = 'CRITICAL') AS critical"
                + " FROM silver.transactions WHERE source_offset <> " + LEFT_OUT + " GROUP BY ALL";
    }
}
