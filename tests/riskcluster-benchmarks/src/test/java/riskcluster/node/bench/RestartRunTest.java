package riskcluster.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
class RestartRunTest {

    @Test
    void aNodeThatStartsAgainDecidesWhatWaits() throws Exception {
        var figures = Fresh.run(RestartRun.class, "2000", "2", Setting.RULES);

        assertThat(figures.value("records_waiting")).isEqualTo(2_000);
        assertThat(figures.value("first_decision_s"))
                .isPositive()
                .isLessThanOrEqualTo(figures.value("decisions_in_every_partition_s"));
        assertThat(figures.value("all_waiting_committed_s"))
                .isGreaterThan(figures.value("decisions_in_every_partition_s"));
    }
}
