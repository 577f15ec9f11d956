package riskcluster.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlertPaceTest {

    private final AlertPace pace = new AlertPace(0);

    @Test
    void alertsAreCommittedEachTimeWhileFewRecordsCome() {
        assertThat(IntStream.rangeClosed(1, 20).allMatch(tick -> pace.isTime((long) tick * AlertPace.RUSH_RECORDS)))
                .isTrue();
    }

    @Test
    void inARushOnceInFourTimesAndAtOnceWhenItIsOver() {
        long each = AlertPace.RUSH_RECORDS + 1;

        assertThat(IntStream.rangeClosed(1, 20).mapToObj(tick -> pace.isTime(tick * each)))
                .containsExactly(
                        false, false, false, true, false, false, false, true, false, false, false, true, false, false,
                        false, true, false, false, false, true);
        assertThat(pace.isTime(21 * each)).isFalse();
        assertThat(pace.isTime(21 * each + 1)).isTrue();
    }
}
