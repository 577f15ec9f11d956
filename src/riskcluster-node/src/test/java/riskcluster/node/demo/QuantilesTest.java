package riskcluster.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {

    @Test
    void quantilesAreNearestRanks() {
        var quantiles =
                new Quantiles(LongStream.rangeClosed(1, 200).map(n -> 201 - n).toArray());

        assertThat(quantiles.at(0.5)).isEqualTo(100);
        assertThat(quantiles.at(0.99)).isEqualTo(198);
        assertThat(quantiles.at(1)).isEqualTo(200);
        assertThat(quantiles.text()).isEqualTo("p50 100 ms, p99 198 ms");
    }

    @Test
    void longDurationsAreShownInSeconds() {
        assertThat(new Quantiles(new long[] {12_340}).text()).isEqualTo("p50 12.3 s, p99 12.3 s");
    }

    @Test
    void ofNothingThereAreNone() {
        assertThat(new Quantiles(new long[0]).text()).isEqualTo("none");
    }
}
