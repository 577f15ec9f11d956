package riskcluster.lakehouse.gold;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.ColumnType;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.RowList;

/** The features and the policies against their definition over silver, in DuckDB. */
class TrainingTablesTest {

    private static final LogPartition FIRST = new LogPartition("transactions", 0);
    private static final LogPartition SECOND = new LogPartition("transactions", 1);
    private static final StoredPolicy OLD = new StoredPolicy("p-old", "{\"rules\":[1]}");
    private static final StoredPolicy NEW = new StoredPolicy("p-new", "{\"rules\":[1,2]}");

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder, true);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void theFeaturesAreSilversVectorsColumnByColumnWithTheirDecisions() {
        seal(FIRST, 0, 700);
        lake.committer().commitOnce();
        seal(SECOND, 0, 300);
        seal(FIRST, 700, 50);
        lake.seal(
                SECOND,
                List.of(
                        Samples.bare(SECOND, 300, Samples.DAY_ZERO_MICROS),
                        Samples.duplicate(SECOND, 301, Samples.DAY_ZERO_MICROS),
                        Samples.rejected(SECOND, 302, Samples.DAY_ZERO_MICROS)));
        lake.committer().commitOnce();

        String made = "SELECT " + columns(Tables.GOLD_FEATURES) + " FROM gold.features";
        String defined = """
            SELECT transaction_id, s.customer_key, s.event_time, b.is_fraud, s.feature_version, s.points, s.band,
                s.probability, s.policy_version, s.is_late, s.is_approximate, s.source_topic, s.source_partition,
                s.source_offset, %s
            FROM silver.transactions s JOIN bronze.transactions b USING (transaction_id)
            WHERE s.source_topic = b.topic AND s.source_partition = b.partition AND s.source_offset = b."offset"
            """.formatted(vector());
        assertThat(one("SELECT count(*) FROM gold.features")).isEqualTo("1051");
        assertThat(one("SELECT count(*) FROM (" + made + " EXCEPT ALL " + defined + ")"))
                .isEqualTo("0");
        assertThat(one("SELECT count(*) FROM (" + defined + " EXCEPT ALL " + made + ")"))
                .isEqualTo("0");
        assertThat(one("SELECT count(*) FROM gold.features WHERE NOT isnan(seconds_since_previous)"))
                .as("what is missing is NaN")
                .isEqualTo("0");
    }

    @Test
    void aPolicyStandsThereFromTheBatchOnThatHasItsFirstDecision() {
        lake.place(FIRST, null, 0, OLD);
        seal(FIRST, 0, 10);
        lake.place(FIRST, new PolicySwitch(0, OLD.version()), 10, NEW);
        lake.committer().commitOnce();
        assertThat(policies()).containsExactly("p-old 0 0 {\"rules\":[1]}");

        seal(FIRST, 10, 10);
        lake.place(SECOND, null, 0, NEW);
        seal(SECOND, 0, 10);
        lake.committer().commitOnce();
        assertThat(policies())
                .containsExactly(
                        "p-old 0 0 {\"rules\":[1]}", "p-new 0 10 {\"rules\":[1,2]}", "p-new 1 0 {\"rules\":[1,2]}");

        long snapshot = lake.table(Tables.GOLD_POLICY).currentSnapshot().snapshotId();
        seal(FIRST, 20, 10);
        lake.committer().commitOnce();
        assertThat(lake.table(Tables.GOLD_POLICY).currentSnapshot().snapshotId())
                .as("a batch that adds no policy makes no snapshot")
                .isEqualTo(snapshot);
    }

    private void seal(LogPartition source, long from, int count) {
        List<Judged> records = LongStream.range(from, from + count)
                .mapToObj(offset -> Samples.decided(
                        source, offset, Samples.DAY_ZERO_MICROS + (offset % 3) * 86_400_000_000L + offset))
                .toList();
        lake.seal(source, records);
    }

    /** The features by their place in silver's list. */
    private static String vector() {
        List<String> names = Tables.GOLD_FEATURES.columns().stream()
                .filter(column -> column.type() == ColumnType.Scalar.FLOAT)
                .map(Column::name)
                .toList();
        return names.stream()
                .map(name -> "coalesce(s.features[" + (names.indexOf(name) + 1) + "], 'NaN') AS " + name)
                .collect(Collectors.joining(", "));
    }

    private static String columns(TableDefinition table) {
        return table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private List<String> policies() {
        return rows("SELECT policy_version, source_partition, first_offset, content FROM gold.policy"
                        + " ORDER BY source_partition, first_offset")
                .stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .toList();
    }

    private String one(String sql) {
        return query(sql).first();
    }

    private List<List<@Nullable Object>> rows(String sql) {
        return query(sql).rows();
    }

    private RowList query(String sql) {
        return RowList.of(PinnedBatch.newest(lake.database, lake.catalog), sql);
    }
}
