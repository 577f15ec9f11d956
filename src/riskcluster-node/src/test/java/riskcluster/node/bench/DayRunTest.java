package riskcluster.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DayRunTest {

    /**
     * 1,440 batches of 480 rows; the run itself checks that every row is there once and that no maintenance failed. The
     * whole day is {@code riskcluster bench day}.
     */
    @Test
    @Tag("full")
    void afterFourHoursOfTenSecondBatchesTheTablesAreFit() throws Exception {
        var figures = DayRun.simulate(4, 120, 4, 1);

        for (var table : new String[] {"silver_transactions", "bronze_transactions"}) {
            assertThat(figures.value(table + "_large_percent"))
                    .as("share of bytes of %s in files of 64 MB or more", table)
                    .isGreaterThanOrEqualTo(95);
            assertThat(figures.value(table + "_manifests")).isLessThanOrEqualTo(100);
            assertThat(figures.value(table + "_metadata_kb")).isLessThanOrEqualTo(300);
            assertThat(figures.value(table + "_plan_ms")).isLessThanOrEqualTo(200);
        }
    }
}
