package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.StarRecords;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.commit.DeferredDeletions;
import riskcluster.lakehouse.erase.ErasureProof;
import riskcluster.lakehouse.erase.ErasureSearch;
import riskcluster.lakehouse.erase.Subject;
import riskcluster.lakehouse.ledger.ErasureTable;
import riskcluster.lakehouse.ledger.StoredErasure;
import riskcluster.lakehouse.ledger.StoredErasure.Step;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.RowList;

/** A customer leaves the star: his facts, his versions, and what only he pointed to. */
class StarErasureTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);

    /** He has device 7 and merchant 7, of which user 107 has the device too; and the one record of another day. */
    private static final String CUSTOMER = "user-7";

    private static final String OTHER_NAME = "k2:" + "7e".repeat(32);

    private static final long HIS_DAY_MICROS = Samples.DAY_ZERO_MICROS + 5 * Samples.DAY_MICROS;

    @TempDir
    private Path folder;

    private TestLake lake;
    private final StarRecords star = new StarRecords();

    @BeforeEach
    void open() {
        lake = new TestLake(folder, true);
        lake.seal(SOURCE, records(0, 7));
        lake.committer().commitOnce();
        lake.seal(
                SOURCE,
                List.of(
                        star.of(Samples.decided(SOURCE, 7, HIS_DAY_MICROS)),
                        star.of(Samples.decided(SOURCE, 8, Samples.DAY_ZERO_MICROS + 8)),
                        star.of(Samples.decided(SOURCE, 107, Samples.DAY_ZERO_MICROS + 107))));
        lake.committer().commitOnce();
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private List<Judged> records(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> star.of(Samples.decided(SOURCE, offset, Samples.DAY_ZERO_MICROS + offset)))
                .toList();
    }

    @Test
    void hisFactsAndWhatOnlyHePointedToGoAndWhatOthersShareStays() {
        lake.seal(SOURCE, List.of(star.of(underHisOtherName(108))));
        lake.committer().commitOnce();
        assertThat(members()).isEqualTo("devices 9, merchants 10, days 2, customers 11, facts 11");
        ask(CUSTOMER, pseudonym(CUSTOMER), OTHER_NAME);
        var maintenance = Upkeep.of(lake, lake.committer(), Upkeep.compaction(1_000));

        until(maintenance, Step.REWRITTEN);
        assertThat(members()).isEqualTo("devices 9, merchants 9, days 1, customers 9, facts 9");
        assertKeysHold();
        assertThat(proof(CUSTOMER).found())
                .as("older snapshots still show him")
                .extracting(ErasureProof.Found::table)
                .contains("gold.fact_transaction", "gold.dim_customer", "gold.dim_merchant", "gold.dim_date");

        until(maintenance, Step.DONE);
        assertThat(proof(CUSTOMER).found()).isEmpty();
        for (var table : Tables.STAR) {
            assertThat(lake.table(table).snapshots()).hasSize(1);
        }
    }

    @Test
    void aMemberThatCameBackInBetweenStaysAndOneThatComesBackLaterHasItsKeyAgain() {
        ask("user-8");
        var committer = lake.committer();
        var sealed = new ArrayList<String>();
        var maintenance = Upkeep.of(
                lake,
                rewrite -> {
                    if (rewrite instanceof MemberErasure && sealed.isEmpty()) {
                        sealed.add(rewrite.table().qualifiedName());
                        lake.seal(SOURCE, records(308, 309)); // device 8 and merchant 8 again, of another customer
                        committer.commitOnce();
                    }
                    return committer.rewrite(rewrite);
                },
                Upkeep.compaction(1_000));
        var runs = until(maintenance, Step.REWRITTEN);

        assertThat(sealed).containsExactly("gold.dim_merchant");
        assertThat(runs)
                .filteredOn(run -> run.outcome() == MaintenanceRun.Outcome.REFUSED)
                .extracting(MaintenanceRun::table)
                .containsExactly("gold.dim_merchant");
        assertKeysHold();
        assertThat(count("gold.dim_device WHERE device_key = 'k1:device-device-8'"))
                .isOne();

        until(maintenance, Step.DONE);
        ask("user-308");
        until(maintenance, Step.DONE);
        assertThat(count("gold.dim_device WHERE device_key = 'k1:device-device-8'"))
                .isZero();
        lake.seal(SOURCE, records(408, 409));
        committer.commitOnce();
        assertKeysHold();
        assertThat(count("gold.dim_device WHERE device_key = 'k1:device-device-8'"))
                .isOne();
    }

    @Test
    @Tag("full")
    void whoeverDiesInTheStarTheNextOneFinishes() {
        ask(CUSTOMER);
        var died = new ArrayList<String>();
        for (int i = 0; i < 100 && !step().equals(Step.DONE.name()); i++) {
            Committer committer = lake.committer();
            var maintenance = Upkeep.of(
                    lake,
                    rewrite -> {
                        boolean first = Tables.STAR.contains(rewrite.table())
                                && !died.contains(
                                        rewrite.kind() + rewrite.table().name());
                        var result = committer.rewrite(rewrite);
                        if (first) {
                            died.add(rewrite.kind() + rewrite.table().name());
                            throw new Died();
                        }
                        return result;
                    },
                    Upkeep.compaction(1_000),
                    MaintainSteps.NONE,
                    Clock.systemUTC());
            try {
                maintenance.runOnce();
            } catch (Died expected) {
                continue;
            } finally {
                help();
            }
        }

        assertThat(died).hasSizeGreaterThan(5);
        assertThat(step()).isEqualTo(Step.DONE.name());
        assertThat(members()).isEqualTo("devices 9, merchants 9, days 1, customers 9, facts 9");
        assertThat(proof(CUSTOMER).isClean()).isTrue();
    }

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** The key of the pseudonyms has changed in between. */
    private static Judged underHisOtherName(long offset) {
        var sample = Samples.decided(SOURCE, 7, HIS_DAY_MICROS + 1);
        var decision = ((Outcome.Decided) sample.outcome()).decision();
        var old = sample.record();
        return new Judged(
                new LogRecord(SOURCE, offset, old.kafkaTimeMillis(), old.key(), old.value(), old.headers()),
                new Outcome.Decided(new Decision(
                        decision.transaction(),
                        OTHER_NAME,
                        decision.deviceKey(),
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
                        decision.alert())));
    }

    private void ask(String customer) {
        ask(customer, pseudonym(customer));
    }

    private void ask(String customer, String... pseudonyms) {
        var wish = StoredErasure.wish("k1:tag-" + customer, customer, List.of(pseudonyms));
        new Transactions(lake.database).run("ask", connection -> {
            ErasureTable.request(connection, wish);
            return true;
        });
    }

    private static String pseudonym(String customer) {
        long number = Long.parseLong(customer.substring("user-".length()));
        return ((Outcome.Decided) Samples.decided(SOURCE, number, 0).outcome())
                .decision()
                .customerKey();
    }

    private List<MaintenanceRun> until(Maintenance maintenance, Step step) {
        var runs = new ArrayList<MaintenanceRun>();
        for (int i = 0; i < 100 && !step().equals(step.name()); i++) {
            if (maintenance.runOnce() instanceof Round.Ran(MaintenanceRun run)) {
                runs.add(run);
            }
            help();
        }
        assertThat(step()).isEqualTo(step.name());
        return runs;
    }

    /** What partitions and time do. */
    private void help() {
        if (step().equals(Step.PLACED.name())) {
            lake.reopen(SOURCE);
        }
        if (step().equals(Step.HISTORY_DROPPED.name())) {
            lake.execute("UPDATE rc_deferred_deletion SET not_before = not_before - interval '1 hour'");
            lake.execute("UPDATE rc_erasure SET gone_at = gone_at - interval '1 hour'");
            new DeferredDeletions(lake.database, lake.catalog.warehouse().io()).deleteDue();
        }
    }

    private String step() {
        return lake.text("SELECT step FROM rc_erasure ORDER BY requested_at DESC LIMIT 1");
    }

    private ErasureProof proof(String customer) {
        return new ErasureSearch(lake.catalog, new Subject(customer, List.of(pseudonym(customer), OTHER_NAME)))
                .search(Tables.ALL, false);
    }

    private String members() {
        return "devices " + count("gold.dim_device") + ", merchants " + count("gold.dim_merchant") + ", days "
                + count("gold.dim_date") + ", customers " + count("gold.dim_customer") + ", facts "
                + count("gold.fact_transaction");
    }

    private void assertKeysHold() {
        for (String name : List.of("customer", "merchant", "device", "country", "date")) {
            String key = "dim_" + name + "_key";
            assertThat(count("gold.fact_transaction ANTI JOIN gold.dim_" + name + " USING (" + key + ")"))
                    .isZero();
            assertThat(count("gold.dim_" + name + " ANTI JOIN gold.fact_transaction USING (" + key + ")"))
                    .isZero();
            assertThat(count("gold.dim_" + name))
                    .isEqualTo(count("(SELECT DISTINCT " + key + " FROM gold.dim_" + name + ")"));
        }
    }

    private long count(String from) {
        var batch = PinnedBatch.newest(lake.database, lake.catalog);
        return Long.parseLong(
                RowList.of(batch, "SELECT count(*)::VARCHAR FROM " + from).first());
    }
}
