package riskcluster.node.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void quantilesAreValuesThatWereMeasured() {
        var latencies = new Latencies();
        for (int millis = 10_000; millis >= 1; millis--) {
            latencies.add(millis * 1_000L);
        }
        var figures = new Figures();

        latencies.into(figures, "alert");

        assertThat(figures.value("alert_count")).isEqualTo(10_000);
        assertThat(figures.value("alert_p50_ms")).isEqualTo(5_000);
        assertThat(figures.value("alert_p99_ms")).isEqualTo(9_900);
        assertThat(figures.value("alert_p99.9_ms")).isEqualTo(9_990);
        assertThat(figures.value("alert_max_ms")).isEqualTo(10_000);
    }

    @Test
    void whereNothingWasMeasuredThereIsNoFigure() {
        assertThatThrownBy(() -> new Latencies().into(new Figures(), "alert"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void figuresOfAnotherProcessAreHeardAsTheyWereTold() {
        var told = new Figures().put("seconds", 1.25).put("records", 3_000_000);
        var out = new ByteArrayOutputStream();
        told.tell(new PrintStream(out, true, StandardCharsets.UTF_8));

        var heard = Figures.heard(("something else\n" + out).lines());

        assertThat(heard.all()).isEqualTo(told.all());
    }
}
