package riskcluster.actors.log;

import static org.assertj.core.api.Assertions.assertThat;
import static riskcluster.actors.log.Gathering.GATHERING_NANOS;
import static riskcluster.actors.log.Gathering.RECORDS_WORTH_A_POLL;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records are waited for where few come, and never where many do. */
class GatheringTest {

    /** Clocks of this kind may be below zero. */
    private static final long BEGUN = -17;

    private final Gathering gathering = new Gathering();

    @Test
    void theFirstPollWaitsForNothing() {
        assertThat(gathering.nanosBeforePoll(BEGUN)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, RECORDS_WORTH_A_POLL - 1})
    void afterFewRecordsTheRestOfTheTimeIsWaited(int records) {
        gathering.polled(BEGUN, records);
        assertThat(gathering.nanosBeforePoll(BEGUN + 1_000)).isEqualTo(GATHERING_NANOS - 1_000);
    }

    @Test
    void aPollThatTookLongerIsFollowedAtOnce() {
        gathering.polled(BEGUN, 1);
        assertThat(gathering.nanosBeforePoll(BEGUN + GATHERING_NANOS)).isZero();
        assertThat(gathering.nanosBeforePoll(BEGUN + 20 * GATHERING_NANOS)).isZero();
    }

    @Test
    void afterManyRecordsNothingIsWaited() {
        gathering.polled(BEGUN, RECORDS_WORTH_A_POLL);
        assertThat(gathering.nanosBeforePoll(BEGUN)).isZero();
    }

    @Test
    void whatWasOnceManyIsForgotten() {
        gathering.polled(BEGUN, RECORDS_WORTH_A_POLL);
        gathering.polled(BEGUN + 5, 1);
        assertThat(gathering.nanosBeforePoll(BEGUN + 5)).isEqualTo(GATHERING_NANOS);
    }
}
