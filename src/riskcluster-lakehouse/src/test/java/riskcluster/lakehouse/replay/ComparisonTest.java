package riskcluster.lakehouse.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.replay.OffsetRanges.Range;
import riskcluster.lakehouse.write.DecisionColumns;
import riskcluster.lakehouse.write.DecisionColumns.DecisionColumn;

class ComparisonTest {

    private static final List<LogPartition> SOURCES =
            List.of(new LogPartition("transactions", 0), new LogPartition("transactions", 3));
    private static final long END = 60;
    private static final Comparison.Watcher NOBODY = (records, all) -> {};

    @TempDir
    private static Path folder;

    private static final Map<String, Outcome> WRITTEN = new HashMap<>();

    private static TestLake lake;

    private final Map<String, Outcome> outcomes = new HashMap<>(WRITTEN);
    private final List<Long> asked = new ArrayList<>();

    @BeforeAll
    static void write() {
        lake = new TestLake(folder);
        for (LogPartition source : SOURCES) {
            for (long from = 0; from < END; from += 20) {
                var records = LongStream.range(from, from + 20)
                        .mapToObj(offset -> judged(source, offset))
                        .toList();
                records.forEach(one -> WRITTEN.put(one.record().coordinates(), one.outcome()));
                lake.seal(source, records);
                lake.committer().commitOnce();
            }
        }
    }

    @AfterAll
    static void close() {
        lake.close();
    }

    /** Days jump, so that neighbours in the log lie in different files. */
    private static Judged judged(LogPartition source, long offset) {
        long micros = Samples.DAY_ZERO_MICROS + offset % 3 * Samples.DAY_MICROS + offset * 1_000_000;
        if (offset % 7 == 0) {
            return Samples.rejected(source, offset, micros);
        }
        if (offset % 11 == 0) {
            return Samples.bare(source, offset, micros);
        }
        return offset % 5 == 0 ? Samples.duplicate(source, offset, micros) : Samples.decided(source, offset, micros);
    }

    private static OffsetRanges range(long from, long to) {
        var ranges = new HashMap<LogPartition, Range>();
        SOURCES.forEach(source -> ranges.put(source, new Range(from, to)));
        return new OffsetRanges(ranges);
    }

    private Compared compare(OffsetRanges range, long passRecordsMax) {
        var deciders = new HashMap<LogPartition, Decider>();
        SOURCES.forEach(source -> deciders.put(source, record -> {
            synchronized (asked) {
                asked.add(record.offset());
            }
            return new Judged(record, Objects.requireNonNull(outcomes.get(record.coordinates())));
        }));
        var batch = PinnedBatch.newest(lake.database, lake.catalog);
        return Comparison.run(batch, range, deciders, 2, passRecordsMax, NOBODY);
    }

    private void change(String coordinates, Outcome outcome) {
        outcomes.put(coordinates, outcome);
    }

    private Decision decision(String coordinates) {
        return ((Outcome.Decided) Objects.requireNonNull(outcomes.get(coordinates))).decision();
    }

    @Test
    void everyColumnOfSilverIsCompared() {
        assertThat(DecisionColumns.ALL.stream().map(DecisionColumn::name))
                .containsExactlyElementsOf(Tables.SILVER_TRANSACTIONS.columns().stream()
                        .map(Column::name)
                        .toList());
    }

    @Test
    void whatIsDecidedTheSameIsEqualInAnyNumberOfPasses() {
        for (long each : new long[] {1_000, 7}) {
            var compared = compare(range(0, END), each);
            assertThat(compared.first()).isEmpty();
            assertThat(compared.isEqual()).isTrue();
            assertThat(compared.records()).isEqualTo(2 * END);
            assertThat(compared.rejected()).isEqualTo(2 * 9);
            assertThat(compared.duplicates()).isEqualTo(2 * 9);
            assertThat(compared.decided()).isEqualTo(2 * END - 36);
            assertThat(compared.passes()).isEqualTo(each == 7 ? 18 : 1);
        }
    }

    @Test
    void recordsBeforeTheRangeAreDecidedButNotCompared() {
        change(
                "transactions/3/2",
                new Outcome.Duplicate(decision("transactions/3/2").transaction()));
        var compared = compare(range(30, 45), 1_000);
        assertThat(compared.isEqual()).isTrue();
        assertThat(compared.before()).isEqualTo(2 * 30);
        assertThat(compared.records()).isEqualTo(2 * 15);
        assertThat(asked).contains(0L).doesNotContain(45L);
    }

    @Test
    void aChangedValueIsNamedWithItsPlaceAndBothValues() {
        Decision was = decision("transactions/3/16");
        change("transactions/3/16", new Outcome.Decided(with(was, 80, Band.CRITICAL)));
        assertThat(compare(range(0, END), 10).first())
                .containsExactly(
                        new Difference("silver.transactions", SOURCES.get(1), 16, "band", "HIGH", "CRITICAL"),
                        new Difference("silver.transactions", SOURCES.get(1), 16, "points", "55", "80"));
    }

    @Test
    void rowsThatShouldNotBeThereOrAreMissingAreNamed() {
        var decided = decision("transactions/3/16");
        change("transactions/3/16", new Outcome.Duplicate(decided.transaction()));
        change("transactions/0/5", new Outcome.Decided(decided));
        var compared = compare(range(0, END), 1_000);
        assertThat(compared.differences()).isEqualTo(4);
        assertThat(compared.first())
                .containsExactly(
                        new Difference("bronze.transactions", SOURCES.get(0), 5, "disposition", "duplicate", "decided"),
                        new Difference("silver.transactions", SOURCES.get(0), 5, "row", "there is none", "decided"),
                        new Difference(
                                "bronze.transactions", SOURCES.get(1), 16, "disposition", "decided", "duplicate"),
                        new Difference("silver.transactions", SOURCES.get(1), 16, "row", "there is one", "duplicate"));
    }

    @Test
    void allDifferencesAreCountedAndTheFirstOnesKept() {
        LongStream.range(0, END)
                .mapToObj(offset -> "transactions/3/" + offset)
                .filter(coordinates -> outcomes.get(coordinates) instanceof Outcome.Decided)
                .forEach(coordinates ->
                        change(coordinates, new Outcome.Decided(with(decision(coordinates), 1, Band.MINIMAL))));
        var compared = compare(range(0, END), 10);
        assertThat(compared.differences()).isGreaterThan(60);
        assertThat(compared.first()).hasSize(Comparison.DIFFERENCES_KEPT_MAX);
        assertThat(compared.first().getFirst().offset()).isEqualTo(1);
    }

    @Test
    void aTimeBeginsAtTheFirstRecordThatKafkaTookThen() {
        var batch = PinnedBatch.newest(lake.database, lake.catalog);
        var time = Instant.EPOCH.plusMillis(Samples.DAY_ZERO_MICROS / 1_000).plusSeconds(86_400 + 30);
        assertThat(TimeOffsets.at(batch, time, 2))
                .containsEntry(SOURCES.get(0), 2L) // offset 2 lies on the third day
                .hasSize(2);
        assertThat(TimeOffsets.at(batch, time.plusSeconds(10 * 86_400), 2)).containsEntry(SOURCES.get(0), END);
    }

    @Test
    void aFailureOfADeciderEndsTheComparison() {
        Map<LogPartition, Decider> deciders = new HashMap<>();
        SOURCES.forEach(source -> deciders.put(source, record -> {
            throw new IllegalStateException("schema 7 was never recorded");
        }));
        var batch = PinnedBatch.newest(lake.database, lake.catalog);
        assertThatThrownBy(() -> Comparison.run(batch, range(0, END), deciders, 2, NOBODY))
                .hasMessage("schema 7 was never recorded");
    }

    private static Decision with(Decision was, int points, Band band) {
        return new Decision(
                was.transaction(),
                was.customerKey(),
                was.deviceKey(),
                was.city(),
                was.country(),
                was.count30m(),
                points,
                band,
                was.probability(),
                was.firedRules(),
                was.features(),
                was.featureVersion(),
                was.policyVersion(),
                was.late(),
                was.approximate(),
                was.alert());
    }
}
