package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SortOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.LosingDatabase;
import riskcluster.lakehouse.LosingDatabase.Fate;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.CommitResult;
import riskcluster.lakehouse.commit.CommitSteps;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.commit.DeferredDeletions;
import riskcluster.lakehouse.commit.Rewrite;
import riskcluster.lakehouse.correct.Published;
import riskcluster.lakehouse.ledger.CorrectionTable;
import riskcluster.lakehouse.ledger.StoredCorrection;
import riskcluster.lakehouse.ledger.StoredCorrection.State;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.maintain.MaintenanceRun.Outcome;
import riskcluster.lakehouse.merge.FileMerge;
import riskcluster.lakehouse.read.PinnedBatch;

/** Rows of a range that are decided anew: in silver, features and gold at once, in one batch, whatever dies. */
class CorrectingTest {

    private static final LogPartition ONE = Corrected.ONE;
    private static final LogPartition OTHER = new LogPartition("transactions", 1);
    private static final String STRICTER = "cd".repeat(32);

    private static final String OTHERS = " WHERE NOT (source_partition = 0 AND source_offset BETWEEN 10 AND 29)";

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder, true);
        for (long from = 0; from < 40; from += 20) {
            lake.seal(ONE, Corrected.records(ONE, from, from + 20));
            lake.seal(OTHER, Corrected.records(OTHER, from, from + 20));
            lake.committer().commitOnce();
        }
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void theRangeIsReplacedInOneBatchAndNothingElseAndGoldFollows() {
        String others = total("silver.transactions", OTHERS);
        String sent =
                total("(SELECT * EXCLUDE (points, band, fired_rules, policy_version) FROM silver.transactions)", "");
        ask(10, 30, Band.CRITICAL, STRICTER);

        var runs = Upkeep.untilIdle(Upkeep.of(lake, lake.committer(), Upkeep.compaction(1_000)));

        assertThat(runs).extracting(MaintenanceRun::outcome).containsOnly(Outcome.DONE);
        assertThat(runs).extracting(MaintenanceRun::kind).containsOnlyOnce(PublishedRange.KIND);
        assertThat(lake.count("SELECT count(*) FROM rc_batch")).isEqualTo(3);
        assertThat(lake.count("SELECT records FROM rc_batch WHERE id = 3")).isZero();
        assertThat(total("silver.transactions", OTHERS)).isEqualTo(others);
        assertThat(total("(SELECT * EXCLUDE (points, band, fired_rules, policy_version) FROM silver.transactions)", ""))
                .isEqualTo(sent);
        assertThat(one("SELECT count(*) FROM silver.transactions WHERE policy_version = '" + STRICTER
                        + "' AND band = 'CRITICAL' AND points = 80 AND len(fired_rules) = 1"))
                .isEqualTo("18");
        Corrected.goldEqualsSilver(lake);
        assertThat(correction().state()).isEqualTo(State.PUBLISHED);
        assertThat(correction().batch()).isEqualTo(3);
        assertThat(correction().changed()).isEqualTo(18);
        assertThat(lake.count("SELECT count(*) FROM rc_correction_rows")).isZero();
        everyTableNamesTheSameOffsets();
        assertThat(one("SELECT concat_ws(' ', number, source_topic, source_partition, first_offset, end_offset,"
                        + " policy_version, content) FROM gold.correction"))
                .isEqualTo("1 transactions 0 10 30 " + STRICTER + " {}");
    }

    @Tag("full") // StarCorrectingTest does the same with more tables
    @Test
    void whereverItDiesOneBatchMoreHoldsIt() {
        ask(10, 30, Band.CRITICAL, STRICTER);

        Corrected.publishedByTheDying(lake);

        publishedOnce();
    }

    @Test
    void anAnswerThatIsLostIsFoundWhetherItHappenedOrNot() {
        for (Fate fate : List.of(Fate.HAPPENED, Fate.DID_NOT_HAPPEN)) {
            ask(10, 30, Band.CRITICAL, fate.name());
            var database = new LosingDatabase(lake.database);
            var committer = new Committer(database, lake.catalog, UUID.randomUUID(), step -> {
                if (step == CommitSteps.Step.BEFORE_COMMIT) {
                    database.loseNext(fate);
                }
            });
            var maintenance = Upkeep.of(lake, committer, Upkeep.compaction(1_000));

            maintenance.runOnce();
            database.keepAnswers();
            assertThat(committer.commitOnce())
                    .isInstanceOf(fate == Fate.HAPPENED ? CommitResult.Committed.class : CommitResult.Nothing.class);
            Upkeep.untilIdle(maintenance);
            Upkeep.untilIdle(maintenance);

            assertThat(lake.count("SELECT count(*) FROM rc_correction WHERE batch IS NULL"))
                    .isZero();
            assertThat(one("SELECT count(*) FROM silver.transactions WHERE policy_version = '" + fate + "'"))
                    .isEqualTo("18");
            Corrected.goldEqualsSilver(lake);
        }
        assertThat(lake.count("SELECT count(*) FROM rc_batch")).isEqualTo(4);
    }

    @Test
    void aBatchAndACompactionInBetweenAreBuiltUpon() {
        ask(10, 30, Band.MINIMAL, STRICTER);
        Committer committer = lake.committer();
        var maintenance = Upkeep.of(
                lake,
                rewrite -> {
                    lake.seal(ONE, Corrected.records(ONE, 40, 60));
                    committer.commitOnce();
                    compact(committer, rewrite);
                    return committer.rewrite(rewrite);
                },
                Upkeep.compaction(1_000));

        Upkeep.untilIdle(maintenance);

        assertThat(correction().state()).isEqualTo(State.PUBLISHED);
        assertThat(lake.count("SELECT count(*) FROM rc_batch")).isEqualTo(4);
        assertThat(one("SELECT count(*) FROM silver.transactions WHERE policy_version = '" + STRICTER + "'"))
                .isEqualTo("18");
        assertThat(one("SELECT count(*) || ' ' || count(DISTINCT (source_partition, source_offset))"
                        + " FROM silver.transactions"))
                .isEqualTo("88 88");
        Corrected.goldEqualsSilver(lake);
    }

    /** What maintenance itself may have done between preparing and committing, had it been another thread. */
    private void compact(Committer committer, Rewrite between) {
        var metadata = lake.catalog.load(Tables.SILVER_TRANSACTIONS);
        var io = lake.catalog.warehouse().io();
        var files = new TableFiles.Reader(io)
                .read(Tables.SILVER_TRANSACTIONS, metadata)
                .files();
        var day = files.getFirst().partition();
        List<DataFile> ofADay =
                files.stream().filter(file -> file.partition().equals(day)).toList();
        assertThat(ofADay).hasSizeGreaterThan(1);
        DataFile merged;
        try (var merge = new FileMerge(metadata, "transactions", io, new FileMerge.Sizes(1 << 20, 1 << 20))) {
            merged = merge.merge(ofADay, "maintenance-e1-between.parquet");
        }
        var compaction = new FileRewrite(
                new Preparation(UUID.randomUUID(), between.owner(), Tables.SILVER_TRANSACTIONS, MaintainSteps.NONE),
                metadata.currentSnapshot().snapshotId(),
                new Compaction(false, ofADay),
                merged,
                SortOrder.unsorted());
        committer.rewrite(compaction);
        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).currentSnapshot().operation())
                .isEqualTo("replace");
    }

    @Test
    void ofTwoThatOverlapTheLaterOneWins() {
        ask(10, 30, Band.CRITICAL, STRICTER);
        ask(20, 40, Band.LOW, "ef".repeat(32));

        Upkeep.untilIdle(Upkeep.of(lake, lake.committer(), Upkeep.compaction(1_000)));

        assertThat(lake.count("SELECT max(id) FROM rc_batch")).isEqualTo(4);
        assertThat(Published.in(PinnedBatch.newest(lake.database, lake.catalog)))
                .extracting(
                        one -> one.span().from(),
                        one -> one.span().to(),
                        one -> one.policy().orElseThrow().version())
                .containsExactly(tuple(10L, 30L, STRICTER), tuple(20L, 40L, "ef".repeat(32)));
        assertThat(Published.in(PinnedBatch.at(lake.database, lake.catalog, 3).orElseThrow()))
                .hasSize(1);
        assertThat(one("SELECT string_agg(band || ' ' || n, ', ' ORDER BY band) FROM (SELECT band, count(*) AS n"
                        + " FROM silver.transactions WHERE source_partition = 0 GROUP BY band)"))
                .isEqualTo("CRITICAL 9, HIGH 8, LOW 18");
        Corrected.goldEqualsSilver(lake);
    }

    @Test
    void whatGoldNeverCountedIsGivenUpAtOnceSoThatTheNextHasItsTurn() {
        ForeignEngine.deleteAFile(lake, Tables.GOLD_COUNTRY_10M);
        String before = Content.of(lake, Tables.SILVER_TRANSACTIONS);
        ask(1, 5, Band.CRITICAL, STRICTER);
        ask(10, 30, Band.HIGH, STRICTER); // no other band than before, so that windows have no part in it
        var maintenance = Upkeep.of(lake, lake.committer(), Upkeep.compaction(1_000));

        var first = ((Round.Ran) maintenance.runOnce()).run();

        assertThat(first.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(first.why()).startsWith("correction 1 is given up").contains("gold.country_10m has no row");
        assertThat(lake.text("SELECT why FROM rc_correction WHERE number = 1"))
                .startsWith("gold.country_10m has no row");
        assertThat(lake.count("SELECT count(*) FROM rc_correction WHERE ended_at IS NULL"))
                .isOne();
        assertThat(lake.count("SELECT count(*) FROM rc_batch")).isEqualTo(2);
        assertThat(Content.of(lake, Tables.SILVER_TRANSACTIONS)).isEqualTo(before);

        assertThat(((Round.Ran) maintenance.runOnce()).run().outcome()).isEqualTo(Outcome.DONE);
        assertThat(correction().state()).isEqualTo(State.PUBLISHED);
        assertThat(lake.count("SELECT count(*) FROM rc_correction_rows")).isZero();
    }

    @Test
    void whileARekeyIsOnItsWayItWaits() {
        ask(10, 30, Band.CRITICAL, STRICTER);
        lake.execute("INSERT INTO rc_rekey (id, to_version) VALUES (gen_random_uuid(), 2)");
        var maintenance = Upkeep.of(lake, lake.committer(), Upkeep.compaction(1_000));

        assertThat(Upkeep.untilIdle(maintenance))
                .extracting(MaintenanceRun::kind)
                .contains(Rekeying.KIND)
                .doesNotContain(PublishedRange.KIND);
        assertThat(correction().tries()).isZero();

        lake.execute("UPDATE rc_rekey SET done_at = now()");
        Upkeep.untilIdle(maintenance);
        publishedOnce();
    }

    @Test
    void oneThatWasAskedForBeforeTheLakeWentBackIsGivenUpEvenWhereTheLakeIsNotSoFarAgain() {
        ask(30, 41, Band.CRITICAL, STRICTER);
        lake.execute("INSERT INTO rc_restore (savepoint, to_batch, from_batch, new_batch) VALUES ('s', 1, 2, 3)");

        Upkeep.untilIdle(Upkeep.of(lake, lake.committer(), Upkeep.compaction(1_000)));

        assertThat(correction().state()).isEqualTo(State.GIVEN_UP);
        assertThat(correction().why()).contains("savepoint");
        assertThat(lake.count("SELECT count(*) FROM rc_batch")).isEqualTo(2);
    }

    @Test
    void aRangeThatTheLakeDoesNotReachAnyMoreWaits() {
        ask(30, 41, Band.CRITICAL, STRICTER);
        var maintenance = Upkeep.of(lake, lake.committer(), Upkeep.compaction(1_000));

        Upkeep.untilIdle(maintenance);
        assertThat(correction().state()).isEqualTo(State.WAITING);

        lake.seal(ONE, Corrected.records(ONE, 40, 50));
        lake.committer().commitOnce();
        Upkeep.untilIdle(Upkeep.of(lake, lake.committer(), Upkeep.compaction(1_000)));
        assertThat(correction().state()).isEqualTo(State.PUBLISHED);
        Corrected.goldEqualsSilver(lake);
    }

    private void publishedOnce() {
        assertThat(correction().state()).isEqualTo(State.PUBLISHED);
        assertThat(lake.count("SELECT count(*) FROM rc_batch")).isEqualTo(3);
        assertThat(one("SELECT count(*) FROM silver.transactions WHERE policy_version = '" + STRICTER + "'"))
                .isEqualTo("18");
        Corrected.goldEqualsSilver(lake);
        lake.execute("UPDATE rc_deferred_deletion SET not_before = now() - interval '1 second'");
        new DeferredDeletions(lake.database, lake.catalog.warehouse().io()).deleteDue();
        Corrected.goldEqualsSilver(lake);
    }

    private void ask(long from, long to, Band band, String version) {
        Corrected.ask(lake, from, to, band, version);
    }

    private StoredCorrection correction() {
        return new Transactions(lake.database)
                .atOneMoment("look", CorrectionTable::all)
                .getLast();
    }

    private void everyTableNamesTheSameOffsets() {
        for (TableDefinition table : List.of(
                Tables.SILVER_TRANSACTIONS, Tables.GOLD_FEATURES, Tables.GOLD_MERCHANT_10M, Tables.GOLD_USER_1H)) {
            assertThat(lake.table(table).currentSnapshot().summary())
                    .as(table.name())
                    .containsEntry("rc.batch-id", "3")
                    .containsEntry("rc.offsets", "{\"transactions\":{\"0\":40,\"1\":40}}");
        }
        assertThat(lake.table(Tables.BRONZE_TRANSACTIONS).currentSnapshot().summary())
                .containsEntry("rc.batch-id", "2");
    }

    private String total(String from, String where) {
        return one("SELECT count(*) || ' rows, ' || coalesce(sum(hash(t)::HUGEINT), 0) FROM " + from + " t" + where);
    }

    private String one(String query) {
        return Content.rows(PinnedBatch.newest(lake.database, lake.catalog), query)
                .getFirst();
    }
}
