package riskcluster.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
class NodesRunTest {

    /** The run itself refuses to tell figures of a drain in which a record is not committed. */
    @Test
    void twoNodesDrainWhatOneWould() throws Exception {
        var figures = Fresh.run(
                NodesRun.class,
                "20000",
                "4",
                "1",
                Gold.NONE.name(),
                Setting.RULES,
                "1000",
                "test -n \"$POSTGRES\"",
                "2");

        assertThat(figures.value("nodes")).isEqualTo(2);
        assertThat(figures.value("records")).isEqualTo(20_000);
        assertThat(figures.value("node_cpu_us_per_record")).isPositive();
        assertThat(figures.value("alerts")).isPositive();
    }
}
