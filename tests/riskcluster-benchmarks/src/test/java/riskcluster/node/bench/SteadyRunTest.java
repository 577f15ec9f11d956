package riskcluster.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
class SteadyRunTest {

    private static final int RATE = 1_000;
    private static final int SECONDS = 3;
    private static final int WARM_UP = 10;

    @Test
    void everyMeasuredRecordIsCommittedAndBothReadersSeeTheSameAlerts() throws Exception {
        var figures = Fresh.run(
                SteadyRun.class,
                Integer.toString(RATE),
                Integer.toString(SECONDS),
                "4",
                "1",
                Gold.NONE.name(),
                Setting.RULES,
                "1000",
                "false",
                Integer.toString(WARM_UP));

        assertThat(figures.value("freshness_count")).isEqualTo(RATE * SECONDS);
        assertThat(figures.value("alert_exact_count")).isPositive().isEqualTo(figures.value("alert_fast_count"));
        assertThat(figures.value("alert_exact_p50_ms")).isPositive().isLessThan(figures.value("alert_exact_max_ms"));
        assertThat(figures.value("cores_busy_node")).isPositive();
        assertThat(figures.value("cores_busy_broker_and_clients")).isPositive();
    }
}
