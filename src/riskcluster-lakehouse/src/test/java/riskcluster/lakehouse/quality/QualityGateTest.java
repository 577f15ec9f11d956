package riskcluster.lakehouse.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.log.Tombstone;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.CommitResult;
import riskcluster.lakehouse.commit.CommitSteps;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.quality.QualityRule.Severity;

class QualityGateTest {

    @TempDir
    private Path folder;

    private TestLake lake;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void aBatchThatKeepsTheRulesIsWrittenDownInItsOwnCommit() throws Exception {
        var committer = committer(
                rule("bronze.transactions", Measure.RECORDS_WITHOUT_ROW, 0, 0),
                rule("bronze.transactions", Measure.ROWS_BEYOND_OFFSETS, 0, 0),
                rule("silver.transactions", Measure.ROWS_WITHOUT_SOURCE, 0, 0),
                rule("silver.transactions", Measure.NULLS_IN_REQUIRED, 0, 0),
                rule("silver.transactions", Measure.COLUMNS_OUT_OF_RANGE, 0, 0),
                rule("bronze.transactions", Measure.VOLUME_RATIO, 0.5, 2));
        lake.seal(0, 20);
        lake.seal(1, 30);

        assertThat(committer.commitOnce()).isInstanceOf(CommitResult.Committed.class);

        assertThat(rows()).hasSize(6).allSatisfy(row -> {
            assertThat(row.getField("batch_id")).isEqualTo(1L);
            assertThat(row.getField("passed")).isEqualTo(true);
        });
        assertThat(rows()).extracting(row -> row.getField("observed")).containsExactly(0.0, 0.0, 0.0, 0.0, 0.0, null);
        assertThat(lake.table(Tables.GOLD_DATA_QUALITY).currentSnapshot().summary())
                .containsEntry("rc.batch-id", "1")
                .containsEntry("rc.offsets", "{\"transactions\":{\"0\":20,\"1\":30}}");
        assertThat(told).containsExactly("1: 0 broken of 6");
        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).refs()).containsOnlyKeys("main");
    }

    @Test
    void aBatchThatBreaksARuleIsCommittedToldAndTagged() throws Exception {
        var committer = committer(rule("bronze.rejected", Measure.REJECTED_SHARE, 0, 0.1));
        lake.seal(Samples.SOURCE, records(0, 8, 2));

        assertThat(committer.commitOnce()).isInstanceOf(CommitResult.Committed.class);

        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.getField("passed")).isEqualTo(false);
            assertThat(row.getField("observed")).isEqualTo(0.2);
            assertThat(row.getField("severity")).isEqualTo("error");
        });
        assertThat(told).containsExactly("1: 1 broken of 1");
        for (var table : List.of(Tables.BRONZE_TRANSACTIONS, Tables.SILVER_TRANSACTIONS, Tables.GOLD_DATA_QUALITY)) {
            assertThat(lake.table(table).refs().get("quality-failed-batch-1").snapshotId())
                    .isEqualTo(lake.table(table).currentSnapshot().snapshotId());
        }
        assertThat(lake.coordinates(Tables.SILVER_TRANSACTIONS)).hasSize(8);
    }

    @Test
    void onlyTheNewestTagsStay() {
        var committer = committer(rule("bronze.rejected", Measure.REJECTED_SHARE, 2, 3));
        for (int batch = 1; batch <= 12; batch++) {
            lake.seal(0, 1);
            committer.commitOnce();
        }

        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).refs())
                .hasSize(11)
                .containsKeys("quality-failed-batch-3", "quality-failed-batch-12")
                .doesNotContainKey("quality-failed-batch-2");
    }

    @Test
    void aValueOutsideItsLimitsAndAnUnusualVolumeAreFound() throws Exception {
        var gate = gate(
                List.of(
                        rule("silver.transactions", Measure.COLUMNS_OUT_OF_RANGE, 0, 0),
                        rule("bronze.transactions", Measure.VOLUME_RATIO, 0.5, 2)),
                List.of(new ColumnRange(
                        "silver.transactions", "points", Optional.empty(), Optional.of(BigDecimal.valueOf(54)))));
        var committer = new Committer(lake.database, lake.catalog, UUID.randomUUID(), CommitSteps.NONE, gate);
        for (int batch = 1; batch <= 11; batch++) {
            lake.seal(0, batch == 11 ? 50 : 10);
            committer.commitOnce();
        }

        assertThat(rows().subList(20, 22))
                .extracting(row -> row.getField("observed"))
                .containsExactly(1.0, 5.0);
        assertThat(rows().subList(0, 20))
                .filteredOn(row -> row.getField("rule").equals("volume_ratio"))
                .extracting(row -> row.getField("passed"))
                .containsOnly(true);
    }

    @Test
    void tombstonesOfErasedCustomersAreNoDuplicates() throws Exception {
        var committer = committer(rule("bronze.transactions", Measure.DUPLICATE_SHARE, 0, 1));
        var first = records(0, 6, 0);
        first.add(Samples.duplicate(Samples.SOURCE, 6, Samples.DAY_ZERO_MICROS));
        first.add(Samples.erased(Samples.SOURCE, 7, Samples.DAY_ZERO_MICROS, Tombstone.Kind.DECIDED));
        first.add(Samples.erased(Samples.SOURCE, 8, Samples.DAY_ZERO_MICROS, Tombstone.Kind.REJECTED));
        lake.seal(Samples.SOURCE, first);
        var second = records(9, 1, 0);
        for (long offset = 10; offset < 20; offset++) {
            second.add(Samples.erased(Samples.SOURCE, offset, Samples.DAY_ZERO_MICROS, Tombstone.Kind.DECIDED));
        }
        lake.seal(Samples.SOURCE, second);
        committer.commitOnce();
        lake.seal(
                Samples.SOURCE,
                List.of(Samples.erased(Samples.SOURCE, 20, Samples.DAY_ZERO_MICROS, Tombstone.Kind.DECIDED)));
        committer.commitOnce();

        assertThat(rows())
                .extracting(row -> row.getField("observed"))
                .as("one of eight; and where all are tombstones there is nothing to measure")
                .containsExactly(0.125, null);
    }

    private static List<Judged> records(long from, int decided, int rejected) {
        var records = new ArrayList<Judged>();
        LongStream.range(from, from + decided)
                .forEach(offset ->
                        records.add(Samples.decided(Samples.SOURCE, offset, Samples.DAY_ZERO_MICROS + offset)));
        LongStream.range(from + decided, from + decided + rejected)
                .forEach(offset ->
                        records.add(Samples.rejected(Samples.SOURCE, offset, Samples.DAY_ZERO_MICROS + offset)));
        return records;
    }

    private static QualityRule rule(String table, Measure measure, double min, double max) {
        return new QualityRule(
                table, measure.text(), "accuracy", Severity.ERROR, measure, min, max, min + " to " + max);
    }

    private Committer committer(QualityRule... rules) {
        return new Committer(
                lake.database, lake.catalog, UUID.randomUUID(), CommitSteps.NONE, gate(List.of(rules), List.of()));
    }

    private QualityGate gate(List<QualityRule> rules, List<ColumnRange> ranges) {
        return new QualityGate(
                lake.database,
                rules,
                ranges,
                (batch, results) -> told.add(batch + ": "
                        + results.stream().filter(result -> !result.passed()).count() + " broken of "
                        + results.size()));
    }

    private List<Record> rows() throws Exception {
        var rows = new ArrayList<Record>();
        try (var all =
                IcebergGenerics.read(lake.table(Tables.GOLD_DATA_QUALITY)).build()) {
            all.forEach(rows::add);
        }
        rows.sort(Comparator.comparing(row -> (Long) row.getField("batch_id")));
        return rows;
    }
}
