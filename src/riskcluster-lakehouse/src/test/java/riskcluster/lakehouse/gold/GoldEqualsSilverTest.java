package riskcluster.lakehouse.gold;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.util.DateTimeUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.LosingDatabase;
import riskcluster.lakehouse.LosingDatabase.Fate;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.CommitResult;
import riskcluster.lakehouse.commit.CommitSteps.Step;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.ledger.LedgerFailure;

/** Gold against a GROUP BY over everything that was decided, however it was cut and whatever became of commits. */
class GoldEqualsSilverTest {

    private static final int RECORDS = 50_000;
    private static final int PARTITIONS = 3;
    private static final int CHECKPOINT_MAX = 2_500;

    /** Four standard errors of the sketch. */
    private static final double SKETCH_ERROR_MAX = 0.068;

    @TempDir
    private Path folder;

    private TestLake lake;
    private final Map<LogPartition, List<Judged>> logs = new HashMap<>();
    private final Map<LogPartition, GoldPartials> partialsOf = new HashMap<>();
    private final Map<LogPartition, Ownership> owners = new HashMap<>();
    private final Random random = new Random(5);
    private long estimates;

    @BeforeEach
    void open() {
        lake = new TestLake(folder, true);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void fiftyThousandDecisionsOverManyCheckpointsRestartsAndLostCommitsSumUpAsIfOnce() {
        var decisions = new RandomDecisions(17);
        var committer = flaky();
        int sealed = 0;
        int restarts = 0;
        while (sealed < RECORDS) {
            sealed += seal(decisions);
            if (random.nextInt(3) == 0) {
                commit(committer);
            }
            if (random.nextInt(12) == 0) {
                committer = flaky();
                restarts++;
            }
        }
        drain(committer);

        assertThat(restarts).isPositive();
        Function<Decision, @Nullable String> merchant =
                decision -> decision.transaction().merchant();
        expect(Tables.GOLD_MERCHANT_10M, "merchant", 10, 10, merchant);
        expect(
                Tables.GOLD_PAYMENT_METHOD_10M,
                "payment_method",
                10,
                10,
                decision -> decision.transaction().paymentMethod());
        expect(Tables.GOLD_COUNTRY_10M, "country", 10, 10, Decision::country);
        expect(Tables.GOLD_MERCHANT_15M, "merchant", 15, 5, merchant);
        expect(Tables.GOLD_COUNTRY_30M, "country", 30, 30, Decision::country);
        expect(Tables.GOLD_PLATFORM_1H, "none", 60, 60, decision -> null);
        expect(Tables.GOLD_USER_1H, "customer_key", 60, 60, Decision::customerKey);
        assertThat(estimates)
                .as("windows with more ids than are counted exactly")
                .isPositive();
    }

    /** Without data files: bronze and silver take them as they are, whatever becomes of gold. */
    private int seal(RandomDecisions decisions) {
        var source = new LogPartition("transactions", random.nextInt(PARTITIONS));
        List<Judged> log = logs.computeIfAbsent(source, fresh -> new ArrayList<>());
        var records = new ArrayList<Judged>();
        int count = 1 + random.nextInt(CHECKPOINT_MAX);
        for (int i = 0; i < count; i++) {
            records.add(decisions.next(source, log.size() + i));
        }
        log.addAll(records);
        var partials = partialsOf.computeIfAbsent(source, fresh -> new GoldPartials());
        partials.add(records);
        Ownership owner =
                owners.computeIfAbsent(source, fresh -> lake.ledger.take(source, UUID.randomUUID(), "topic-id", 0));
        var checkpoint = new Checkpoint(
                source, log.size() - count, log.size(), 0, Long.MIN_VALUE, count, List.of(), partials.take());
        assertThat(lake.ledger.seal(owner, checkpoint)).isEqualTo(Answer.DONE);
        return count;
    }

    /** A committer who now and then gets no answer to his COMMIT. */
    private Committer flaky() {
        var database = new LosingDatabase(lake.database);
        return new Committer(database, lake.catalog, UUID.randomUUID(), step -> {
            if (step == Step.BEFORE_COMMIT && random.nextInt(3) == 0) {
                database.loseNext(random.nextBoolean() ? Fate.HAPPENED : Fate.DID_NOT_HAPPEN);
            }
        });
    }

    private static boolean commit(Committer committer) {
        try {
            return committer.commitOnce() instanceof CommitResult.Nothing;
        } catch (LedgerFailure unanswered) {
            return false; // the next call finds out
        }
    }

    private static void drain(Committer committer) {
        for (int i = 0; i < 100; i++) {
            if (commit(committer)) {
                return;
            }
        }
        throw new AssertionError("a hundred commits are not enough");
    }

    private void expect(
            TableDefinition table,
            String textColumn,
            int lengthMinutes,
            int stepMinutes,
            Function<Decision, @Nullable String> text) {
        boolean byCurrency =
                table.columns().stream().anyMatch(column -> column.name().equals("currency"));
        var expected = new BruteForce(lengthMinutes, stepMinutes, text, byCurrency).over(logs);
        Map<RowKey, Record> rows = rows(table, textColumn);
        assertThat(rows.keySet()).as(table.name()).isEqualTo(expected.keySet());
        expected.forEach((key, group) -> {
            Record row = rows.get(key);
            assertThat(row).isNotNull();
            expectSums(key, row, group);
            expectDistinct(row, "users", group.users.size());
            expectDistinct(row, "devices", group.devices.size());
            expectDistinct(row, "merchants", group.merchants.size());
            if (row.getField("payment_methods") instanceof List<?> split) {
                var counts = new HashMap<@Nullable String, Long>();
                split.forEach(one -> counts.put((String) ((Record) one).getField("payment_method"), (Long)
                        ((Record) one).getField("transactions")));
                assertThat(counts).isEqualTo(group.paymentMethods);
            }
        });
    }

    /** Of what the table has. */
    private static void expectSums(RowKey key, Record row, BruteForce.Group group) {
        var sums = Map.<String, Object>ofEntries(
                entry("transactions", group.transactions),
                entry("revenue", group.revenue),
                entry("spend", group.revenue),
                entry("flagged", group.flagged),
                entry("medium", group.of(Band.MEDIUM)),
                entry("high", group.of(Band.HIGH)),
                entry("critical", group.of(Band.CRITICAL)),
                entry("alerts", group.of(Band.MEDIUM) + group.of(Band.HIGH) + group.of(Band.CRITICAL)),
                entry("suspicious", group.of(Band.HIGH) + group.of(Band.CRITICAL)),
                entry("high_value", group.highValue),
                entry("flagged_rate", (double) group.flagged / group.transactions));
        sums.forEach((column, value) -> {
            Object found = row.getField(column);
            if (found != null) {
                assertThat(found).as("%s of %s", column, key).isEqualTo(value);
            }
        });
        assertThat(row.getField("transactions")).isNotNull();
    }

    private void expectDistinct(Record row, String column, int exact) {
        if (row.getField(column) == null) {
            return;
        }
        assertThat(row.getField(column + "_exact")).isEqualTo(exact <= Distinct.EXACT_MAX);
        estimates += exact > Distinct.EXACT_MAX ? 1 : 0;
        double bound = exact <= Distinct.EXACT_MAX ? 0 : SKETCH_ERROR_MAX * exact;
        assertThat(((Long) row.getField(column)).doubleValue()).isCloseTo(exact, within(bound));
    }

    private Map<RowKey, Record> rows(TableDefinition table, String textColumn) {
        var rows = new HashMap<RowKey, Record>();
        try (var records = IcebergGenerics.read(lake.table(table)).build()) {
            for (Record record : records) {
                var key = new RowKey(
                        DateTimeUtil.microsFromTimestamptz((OffsetDateTime) record.getField("window_start")),
                        (String) record.getField(textColumn),
                        (String) record.getField("currency"));
                assertThat(rows.put(key, record)).as("%s twice", key).isNull();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return rows;
    }
}
