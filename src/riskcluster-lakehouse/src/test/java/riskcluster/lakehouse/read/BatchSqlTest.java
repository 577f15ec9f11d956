package riskcluster.lakehouse.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.catalog.Warehouse;

class BatchSqlTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void anEmptyLakeHasEveryTableWithItsColumnsAndNoRows() {
        var batch = PinnedBatch.newest(lake.database, lake.catalog);
        assertThat(batch.id()).isZero();
        try (var sql = new BatchSql(batch)) {
            for (TableDefinition table : Tables.ALL) {
                var result = new RowList();
                assertThat(sql.query("SELECT * FROM " + table.qualifiedName(), result))
                        .isEqualTo(new SqlAnswer.Done(0));
                assertThat(result.columns)
                        .extracting(SqlColumn::name)
                        .isEqualTo(table.readableColumns().stream()
                                .map(column -> column.name())
                                .toList());
            }
        }
    }

    @Test
    void columnsHaveTheSameTypesWithAndWithoutRows() {
        RowList empty = query("SELECT * FROM silver.transactions");
        lake.seal(0, 1);
        lake.committer().commitOnce();
        RowList filled = query("SELECT * FROM silver.transactions");

        assertThat(filled.columns).isEqualTo(empty.columns);
        assertThat(filled.columns)
                .contains(
                        new SqlColumn("amount", "DECIMAL(18,4)"),
                        new SqlColumn("event_time", "TIMESTAMP WITH TIME ZONE"),
                        new SqlColumn("features", "FLOAT[]"));
    }

    @Test
    void aRowComesAsPlainValues() {
        lake.seal(SOURCE, List.of(Samples.decided(SOURCE, 0, Samples.DAY_ZERO_MICROS + 1)));
        lake.committer().commitOnce();

        RowList result =
                query("SELECT event_time, amount, band, points, probability, fired_rules, features[1:3], is_late,"
                        + " source_offset FROM silver_transactions");

        assertThat(result.rows.getFirst())
                .containsExactly(
                        Instant.ofEpochSecond(Samples.DAY_ZERO_MICROS / 1_000_000, 1_000),
                        new BigDecimal("12.3400"),
                        "HIGH",
                        55,
                        null,
                        List.of(
                                Map.of("rule", "known_fraud", "points", 50, "observed", "true"),
                                Map.of("rule", "weekend", "points", 5, "observed", "7")),
                        List.of(12.34f, 7f, 7f),
                        false,
                        0L);
        assertThat(query("SELECT key, headers FROM bronze.transactions")
                        .rows
                        .getFirst()
                        .getFirst())
                .isEqualTo(Samples.bytes("user-0"));
    }

    @Test
    void aPinnedBatchShowsWhatWasThereThenInEveryTable() {
        var committer = lake.committer();
        lake.seal(0, 5);
        committer.commitOnce();
        lake.seal(1, 3);
        committer.commitOnce();

        var first = PinnedBatch.at(lake.database, lake.catalog, 1).orElseThrow();
        var second = PinnedBatch.newest(lake.database, lake.catalog);

        assertThat(count(first, "silver.transactions")).isEqualTo(5);
        assertThat(count(first, "bronze.transactions")).isEqualTo(5);
        assertThat(first.offsets().toJson()).isEqualTo("{\"transactions\":{\"0\":5}}");
        assertThat(count(second, "silver.transactions")).isEqualTo(8);
        assertThat(count(second, "bronze.transactions")).isEqualTo(8);
        assertThat(second.id()).isEqualTo(2);
        assertThat(PinnedBatch.at(lake.database, lake.catalog, 3)).isEmpty();
    }

    @Test
    void countsAreReadFromTheTables() {
        lake.seal(
                SOURCE,
                List.of(
                        Samples.decided(SOURCE, 0, Samples.DAY_ZERO_MICROS),
                        Samples.bare(SOURCE, 1, Samples.DAY_ZERO_MICROS),
                        Samples.duplicate(SOURCE, 2, Samples.DAY_ZERO_MICROS),
                        Samples.rejected(SOURCE, 3, Samples.DAY_ZERO_MICROS)));
        lake.committer().commitOnce();

        try (var sql = new BatchSql(PinnedBatch.newest(lake.database, lake.catalog))) {
            LakeCounts counts = LakeCounts.of(sql);
            assertThat(counts.decided()).isEqualTo(2);
            assertThat(counts.duplicates()).isEqualTo(1);
            assertThat(counts.rejected()).isEqualTo(1);
            assertThat(counts.decisions()).isEqualTo(2);
            assertThat(counts.byBand())
                    .isEqualTo(
                            Map.of(Band.MINIMAL, 1L, Band.LOW, 0L, Band.MEDIUM, 0L, Band.HIGH, 1L, Band.CRITICAL, 0L));
        }
    }

    @Test
    void statisticsAgreeWithTheFiles() {
        lake.seal(0, 5);
        lake.committer().commitOnce();
        var batch = PinnedBatch.newest(lake.database, lake.catalog);

        for (TableDefinition table : List.of(Tables.BRONZE_TRANSACTIONS, Tables.SILVER_TRANSACTIONS)) {
            var files = batch.table(table).files();
            TableStatistics statistics = batch.table(table).statistics();
            assertThat(statistics.rows()).isEqualTo(5);
            assertThat(statistics.files()).isEqualTo(files.size()).isEqualTo(1);
            assertThat(Warehouse.localPath(files.getFirst().location())).hasSize(statistics.bytes());
            assertThat(statistics.changedBy()).isEqualTo(1);
        }
        assertThat(batch.table(Tables.BRONZE_REJECTED).statistics())
                .isEqualTo(new TableStatistics("bronze.rejected", 0, 0, 0, 0, null, 0));
    }

    private RowList query(String statement) {
        var result = new RowList();
        try (var sql = new BatchSql(PinnedBatch.newest(lake.database, lake.catalog))) {
            assertThat(sql.query(statement, result)).isInstanceOf(SqlAnswer.Done.class);
        }
        return result;
    }

    private static long count(PinnedBatch batch, String table) {
        var result = new RowList();
        try (var sql = new BatchSql(batch)) {
            assertThat(sql.query("SELECT count(*) FROM " + table, result)).isInstanceOf(SqlAnswer.Done.class);
        }
        return (Long) result.rows.getFirst().getFirst();
    }
}
