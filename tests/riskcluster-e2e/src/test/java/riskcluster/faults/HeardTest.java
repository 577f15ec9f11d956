package riskcluster.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Silences are measured from what was heard, each alert once. */
class HeardTest {

    private static Heard heard(Object... idsAndTimes) {
        var heard = new Heard();
        for (int i = 0; i < idsAndTimes.length; i += 2) {
            heard.add("transactions/" + idsAndTimes[i], (Integer) idsAndTimes[i + 1]);
        }
        return heard;
    }

    @Test
    void theSilenceAfterADeathEndsWithTheFirstAlertThatWasNotOnItsWay() {
        var heard = heard("0/1", 900, "0/2", 1_800, "0/3", 14_000, "0/4", 14_100, "1/7", 5_000);

        assertThat(heard.silenceAfter(0, 1_000)).hasValue(13_000);
    }

    @Test
    void anAlertThatComesAgainIsNoSignOfLife() {
        var heard = heard("0/1", 900, "0/1", 9_000, "0/2", 14_000);

        assertThat(heard.silenceAfter(0, 1_000)).hasValue(13_000);
    }

    @Test
    void whoHasNotSpokenSinceIsNotMeasured() {
        assertThat(heard("0/1", 900).silenceAfter(0, 1_000)).isEmpty();
        assertThat(heard("0/1", 900).silenceAfter(5, 1_000)).isEmpty();
        assertThat(heard("0/1", 900, "1/1", 1_500).firstAfter(1_000)).isEqualTo(Map.of(1, 1_500L));
    }

    @Test
    void theLongestSilenceLiesWithinTheTimeThatIsAskedFor() {
        var heard = heard("0/1", 0, "0/2", 10_000, "0/3", 11_000, "0/4", 31_000);

        assertThat(heard.longest(Instant.ofEpochMilli(9_000), Instant.ofEpochMilli(10_500)))
                .isEqualTo(Map.of(0, 1_000L));
    }
}
