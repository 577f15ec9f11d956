package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.StarRecords;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.read.PinnedBatch;

/** A correction where the star is made: facts follow their rows, and customers' versions stay what they were. */
class StarCorrectingTest {

    private static final String STRICTER = "cd".repeat(32);

    private static final String DECIDED = "source_partition, source_offset, points, band, probability, is_late";

    @TempDir
    private Path folder;

    private final StarRecords star = new StarRecords();
    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder, true);
        for (long from = 0; from < 40; from += 20) {
            lake.seal(Corrected.ONE, records(from, from + 20));
            lake.committer().commitOnce();
        }
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private List<Judged> records(long from, long to) {
        return Corrected.records(Corrected.ONE, from, to).stream()
                .map(judged -> judged.outcome() instanceof Outcome.Decided ? star.of(judged) : judged)
                .toList();
    }

    @Test
    void factsFollowInTheSameBatchAndDimensionsStay() {
        Map<TableDefinition, Long> before = dimensions();
        String rest = "(SELECT * EXCLUDE (points, band, probability, is_late) FROM gold.fact_transaction)";
        String said = total(rest);
        Corrected.ask(lake, 10, 30, Band.CRITICAL, STRICTER);

        Upkeep.untilIdle(Upkeep.of(lake, lake.committer(), Upkeep.compaction(1_000)));

        factsEqualSilver();
        assertThat(one("SELECT count(*) FROM gold.fact_transaction WHERE band = 'CRITICAL' AND points = 80"))
                .isEqualTo("18");
        assertThat(total(rest)).isEqualTo(said);
        assertThat(lake.table(Tables.GOLD_FACT_TRANSACTION).currentSnapshot().summary())
                .containsEntry("rc.batch-id", "3")
                .containsEntry("rc.correction", "1")
                .containsEntry("rc.offsets", "{\"transactions\":{\"0\":40}}");
        assertThat(dimensions()).as("snapshots").isEqualTo(before);
    }

    @Test
    void whereverItDiesOneBatchMoreHoldsItWithItsFacts() {
        Corrected.ask(lake, 10, 30, Band.MINIMAL, STRICTER);

        Corrected.publishedByTheDying(lake);

        assertThat(lake.count("SELECT count(*) FROM rc_batch")).isEqualTo(3);
        assertThat(one("SELECT count(*) FROM gold.fact_transaction WHERE band = 'MINIMAL'"))
                .isEqualTo("18");
        factsEqualSilver();
        Corrected.goldEqualsSilver(lake);
    }

    private void factsEqualSilver() {
        String silver = "SELECT " + DECIDED + " FROM silver.transactions";
        String facts = "SELECT " + DECIDED + " FROM gold.fact_transaction";
        assertThat(one("SELECT (SELECT count(*) FROM (" + silver + " EXCEPT ALL " + facts
                        + ")) + (SELECT count(*) FROM (" + facts + " EXCEPT ALL " + silver + "))"))
                .isEqualTo("0");
        assertThat(one("SELECT count(*) FROM gold.fact_transaction ANTI JOIN gold.dim_customer USING"
                        + " (dim_customer_key)"))
                .isEqualTo("0");
    }

    /** By their snapshots. */
    private Map<TableDefinition, Long> dimensions() {
        return Tables.STAR.stream()
                .filter(table -> !table.equals(Tables.GOLD_FACT_TRANSACTION))
                .collect(Collectors.toMap(
                        table -> table,
                        table -> lake.table(table).currentSnapshot().snapshotId()));
    }

    private String total(String from) {
        return one("SELECT count(*) || ' rows, ' || coalesce(sum(hash(t)::HUGEINT), 0) FROM " + from + " t");
    }

    private String one(String query) {
        return Content.rows(PinnedBatch.newest(lake.database, lake.catalog), query)
                .getFirst();
    }
}
