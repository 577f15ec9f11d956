package riskcluster.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DayRunTest {

    /**
     * 360 batches of 480 rows; the run itself checks that every row is there once and that no maintenance failed. The
     * whole day, which has enough rows for large files, is {@code riskcluster bench day}.
     */
    @Test
    @Tag("full")
    void afterAnHourOfTenSecondBatchesTheTablesAreFit() throws Exception {
        var figures = DayRun.simulate(1, 120, 4, 1);

        for (var table : new String[] {"silver_transactions", "bronze_transactions"}) {
            assertThat(figures.value(table + "_manifests")).isLessThanOrEqualTo(100);
            assertThat(figures.value(table + "_metadata_kb")).isLessThanOrEqualTo(300);
            assertThat(figures.value(table + "_plan_ms")).isLessThanOrEqualTo(200);
        }
    }
}
