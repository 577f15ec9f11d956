package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Anomaly;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.table.StarKeys;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.StarRecords;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.erase.ErasureSearch;
import riskcluster.lakehouse.erase.Subject;
import riskcluster.lakehouse.ledger.RekeyTable;
import riskcluster.lakehouse.ledger.StoredRekey;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.RowList;
import riskcluster.lakehouse.rekey.PseudonymKeys;

/** Old pseudonyms become new ones, in rows and in what is counted of them, whoever dies on the way. */
class RekeyTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);

    /** The second key begins in the middle of an hour. */
    private static final long SWITCH = 30;

    private static final Set<MaintainSteps.Step> AROUND_COMMITS =
            Set.of(MaintainSteps.Step.BEFORE_COMMIT, MaintainSteps.Step.AFTER_COMMIT);

    private static final PseudonymKeys KEYS = new PseudonymKeys() {
        @Override
        public Set<Integer> versions() {
            return Set.of(1, 2);
        }

        @Override
        public String customer(int version, String userId) {
            return pseudonym(version, "customer:" + userId);
        }

        @Override
        public String device(int version, String deviceId) {
            return pseudonym(version, "device:" + deviceId);
        }
    };

    @TempDir
    private Path folder;

    private TestLake lake;
    private final StarRecords star = new StarRecords();
    private String rewriting = "";

    @BeforeEach
    void open() {
        lake = new TestLake(folder, true);
        lake.seal(SOURCE, records(0, 20, 1));
        lake.committer().commitOnce();
        lake.seal(SOURCE, records(20, SWITCH, 1));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void nothingBeginsBeforeAllThatOlderKeysNamedIsThere() {
        ask();
        assertThat(Upkeep.untilIdle(maintenance(lake.committer()::rewrite, MaintainSteps.NONE)))
                .extracting(MaintenanceRun::kind)
                .doesNotContain(Rekeying.KIND);

        lake.committer().commitOnce();
        assertThat(Upkeep.untilIdle(maintenance(lake.committer()::rewrite, MaintainSteps.NONE)))
                .extracting(MaintenanceRun::kind)
                .contains(Rekeying.KIND);
    }

    @Test
    @Tag("full")
    void whereverItDiesTheNextOneFinishesAndEverybodyHasOneNameAgain() {
        lake.committer().commitOnce();
        lake.seal(SOURCE, records(SWITCH, 50, 2));
        lake.committer().commitOnce();
        var users = one("SELECT max(users) FROM gold.platform_1h");
        assertThat(one("SELECT count(*) FROM gold.user_1h")).isEqualTo("20");
        assertThat(users).as("ten customers under two names each").isEqualTo("20");
        ask();

        int deaths = carriedOnBy();

        assertThat(deaths).isGreaterThanOrEqualTo(5 + 2 * 4);
        for (String table : List.of("silver.transactions", "gold.features", "gold.anomalies", "gold.user_1h")) {
            assertThat(one("SELECT count(*) FROM " + table + " WHERE customer_key NOT LIKE 'k2:%'"))
                    .isEqualTo("0");
        }
        assertThat(one("SELECT count(*) FROM silver.transactions WHERE device_key NOT LIKE 'k2:%'"))
                .isEqualTo("0");
        assertThat(one("SELECT count(*) FROM silver.transactions s JOIN bronze.transactions b ON s.source_offset ="
                        + " b.\"offset\" WHERE s.customer_key <> CASE b.user_id " + cases() + " END"))
                .isEqualTo("0");
        assertThat(one("SELECT bool_and(anomaly_id = customer_key || '/5s/7')::VARCHAR FROM gold.anomalies"))
                .isEqualTo("true");
        assertThat(one("SELECT count(*) FROM silver.transactions")).isEqualTo("52");
        windowsAreTheSumOfSilver();
        theStarSaysWhatSilverSays(22);
    }

    @Test
    void aMemberThatABatchBringsMeanwhileStandsThereOnceAndWhoComesBackLaterLeadsNowhere() {
        lake.seal(SOURCE, records(SWITCH, 35, 2));
        var committer = lake.committer();
        committer.commitOnce();
        ask();
        var came = new HashSet<String>();
        var maintenance = maintenance(
                rewrite -> {
                    if (rewrite instanceof MemberRenaming
                            && came.add(rewrite.table().name())) {
                        long end = lake.end(SOURCE);
                        lake.seal(SOURCE, records(end, end + 2, 2));
                        committer.commitOnce();
                    }
                    return committer.rewrite(rewrite);
                },
                MaintainSteps.NONE);

        assertThat(Upkeep.untilIdle(maintenance))
                .filteredOn(run -> run.outcome() == MaintenanceRun.Outcome.REFUSED)
                .extracting(MaintenanceRun::table)
                .as("devices of two customers came under new names; versions of customers have others")
                .containsExactly("gold.dim_device");
        assertThat(lake.count("SELECT count(*) FROM rc_rekey WHERE done_at IS NULL"))
                .isZero();
        theStarSaysWhatSilverSays(19);
        assertThat(new ErasureSearch(lake.catalog, new Subject("nobody-there", List.of("k1:" + "0f".repeat(32))))
                        .search(Tables.ALL, false)
                        .found())
                .as("older snapshots have facts with old keys, and members for these")
                .isEmpty();

        lake.seal(SOURCE, records(39, 40, 2));
        committer.commitOnce();
        assertThat(one("SELECT count(*) FROM gold.dim_customer WHERE former_dim_customer_key IS NOT NULL"))
                .isEqualTo("1");
        assertThat(Upkeep.untilIdle(maintenance))
                .extracting(MaintenanceRun::table)
                .contains("gold.dim_customer");
        theStarSaysWhatSilverSays(20);
    }

    private void theStarSaysWhatSilverSays(int versions) {
        assertKeysHold();
        assertThat(one("SELECT count(*) FROM gold.dim_customer WHERE customer_key NOT LIKE 'k2:%'"
                        + " OR former_dim_customer_key IS NOT NULL"))
                .isEqualTo("0");
        assertThat(one("SELECT count(*) FROM gold.dim_device WHERE device_key NOT LIKE 'k2:%'"))
                .isEqualTo("0");
        assertThat(one("SELECT count(*) FROM gold.dim_customer")).isEqualTo(Integer.toString(versions));
        assertThat(one("SELECT count(*) FROM gold.dim_device ANTI JOIN gold.fact_transaction USING (dim_device_key)"))
                .isEqualTo("0");
        assertThat(one("SELECT count(*) FROM (SELECT f.source_offset, customer_key, device_key"
                        + " FROM gold.fact_transaction f JOIN gold.dim_customer USING (dim_customer_key)"
                        + " JOIN gold.dim_device USING (dim_device_key)"
                        + " EXCEPT ALL SELECT source_offset, customer_key, device_key FROM silver.transactions)"))
                .isEqualTo("0");
        var keys = new StarKeys();
        var batch = PinnedBatch.newest(lake.database, lake.catalog);
        for (String row : RowList.of(
                        batch,
                        "SELECT concat_ws('@', customer_key, epoch_us(valid_from), dim_customer_key) FROM"
                                + " gold.dim_customer")
                .texts()) {
            String[] said = row.split("@", -1);
            assertThat(Long.parseLong(said[2])).isEqualTo(keys.ofVersion(said[0], Long.parseLong(said[1])));
        }
    }

    /** Each fact finds each of its members, once. */
    private void assertKeysHold() {
        assertThat(one("SELECT concat_ws(' ', (SELECT count(*) FROM gold.fact_transaction), (SELECT count(*) FROM"
            + " gold.fact_transaction JOIN gold.dim_customer USING (dim_customer_key) JOIN gold.dim_device USING"
            + " (dim_device_key)), (SELECT count(*) FROM silver.transactions))")
                        .split(" "))
                .as("facts, facts with their members, rows of silver")
                .hasSize(3)
                .satisfies(counts -> assertThat(counts).containsOnly(counts[0]));
    }

    private void windowsAreTheSumOfSilver() {
        assertThat(one("SELECT concat(max(users), ' ', max(devices), ' ', bool_and(users_exact)) FROM"
                        + " gold.platform_1h"))
                .isEqualTo("12 12 true");
        assertThat(one("SELECT count(*) FROM (SELECT customer_key, transactions, spend FROM gold.user_1h EXCEPT ALL"
                        + " SELECT customer_key, count(*), sum(amount)::DECIMAL(38,4) FROM silver.transactions"
                        + " GROUP BY customer_key)"))
                .isEqualTo("0");
        assertThat(one("SELECT count(*) FROM gold.user_1h")).isEqualTo("12");
    }

    /**
     * Dies at every step once, and before and after each commit of the star's tables; lets batches come in between, of which
     * two have customers of their own.
     */
    private int carriedOnBy() {
        var died = new HashSet<String>();
        int deaths = 0;
        for (int i = 0; i < 200 && lake.count("SELECT count(*) FROM rc_rekey WHERE done_at IS NULL") > 0; i++) {
            Committer committer = lake.committer();
            try {
                maintenance(told(committer), step -> {
                            if ((rewriting.isEmpty() || AROUND_COMMITS.contains(step)) && died.add(step + rewriting)) {
                                throw new Died();
                            }
                        })
                        .runOnce();
            } catch (Died expected) {
                deaths++;
            }
            rewriting = "";
            assertKeysHold();
            if (i == 1 || i == 4) {
                lake.seal(SOURCE, records(lake.end(SOURCE), lake.end(SOURCE) + 1, 2));
                committer.commitOnce();
            }
        }
        assertThat(lake.count("SELECT count(*) FROM rc_rekey WHERE done_at IS NULL"))
                .isZero();
        return deaths;
    }

    private Committing told(Committer committer) {
        return rewrite -> {
            rewriting = Tables.STAR.contains(rewrite.table())
                    ? rewrite.getClass() + rewrite.table().name()
                    : "";
            return committer.rewrite(rewrite);
        };
    }

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    private Maintenance maintenance(Committing committing, MaintainSteps steps) {
        return new Maintenance(
                lake.database,
                lake.catalog,
                Tables.ALL,
                committing,
                UUID.randomUUID(),
                Upkeep.compaction(1_000),
                Clock.systemUTC(),
                steps,
                KEYS);
    }

    private void ask() {
        new Transactions(lake.database).run("ask", connection -> {
            RekeyTable.request(connection, StoredRekey.wish(2, Map.of(SOURCE, SWITCH)));
            return true;
        });
    }

    /** Ten customers, one after the other, all within one hour; who comes at 50 and later is new. */
    private List<Judged> records(long from, long to, int version) {
        return LongStream.range(from, to)
                .mapToObj(offset -> star.of(record(offset, version)))
                .toList();
    }

    private static Judged record(long offset, int version) {
        var sample = Samples.decided(SOURCE, offset < 50 ? offset % 10 : offset, Samples.DAY_ZERO_MICROS + offset);
        var decision = ((Outcome.Decided) sample.outcome()).decision();
        var transaction = decision.transaction();
        String customer = KEYS.customer(version, transaction.userId());
        var next = new Decision(
                transaction,
                customer,
                KEYS.device(version, Objects.requireNonNull(transaction.deviceId())),
                decision.city(),
                decision.country(),
                decision.count30m(),
                decision.points(),
                decision.band(),
                decision.probability(),
                decision.firedRules(),
                decision.features(),
                decision.featureVersion(),
                decision.policyVersion(),
                decision.late(),
                decision.approximate(),
                decision.alert());
        var old = sample.record();
        var record = new LogRecord(SOURCE, offset, old.kafkaTimeMillis(), old.key(), old.value(), old.headers());
        var judged = new Judged(record, new Outcome.Decided(next));
        return offset % 20 == 3
                ? judged.closing(List.of(new Anomaly(transaction.userId(), customer, 5, 7, 9, 12, 1, 0.5)))
                : judged;
    }

    private static String pseudonym(int version, String subject) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var text = (version + subject).getBytes(StandardCharsets.UTF_8);
            return "k" + version + ":" + HexFormat.of().formatHex(digest.digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String cases() {
        var cases = new StringBuilder();
        LongStream.concat(LongStream.range(0, 10), LongStream.range(50, 52))
                .forEach(user -> cases.append(" WHEN 'user-")
                        .append(user)
                        .append("' THEN '")
                        .append(pseudonym(2, "customer:user-" + user))
                        .append("'"));
        return cases.toString();
    }

    private String one(String sql) {
        return RowList.of(PinnedBatch.newest(lake.database, lake.catalog), sql).first();
    }
}
