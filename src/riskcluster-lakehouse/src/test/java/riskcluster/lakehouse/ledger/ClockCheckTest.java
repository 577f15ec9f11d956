package riskcluster.lakehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import riskcluster.lakehouse.TestDatabase;

class ClockCheckTest {

    private static ClockCheck ahead(Duration time) {
        return new ClockCheck(Clock.offset(Clock.systemUTC(), time));
    }

    @Test
    void aClockMayBeHalfAMinuteOffAndNoMore() {
        try (var database = TestDatabase.open()) {
            assertThat(ahead(Duration.ZERO).finding(database)).isEmpty();
            assertThat(ahead(Duration.ofSeconds(25)).finding(database)).isEmpty();
            assertThat(ahead(Duration.ofSeconds(-25)).finding(database)).isEmpty();
            assertThat(ahead(Duration.ofHours(2)).finding(database).orElseThrow())
                    .contains("ahead of that of Postgres, allowed: 30 s")
                    .containsPattern("clock is (7199|7200) s");
            assertThat(ahead(Duration.ofHours(-2)).finding(database).orElseThrow())
                    .contains("behind that of Postgres");
        }
    }
}
