package riskcluster.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.decision.Band;
import riskcluster.lakehouse.read.LakeCounts;

class AgreementTest {
    private static final LakeCounts COUNTS =
            new LakeCounts(90, 4, 6, 90, Map.of(Band.LOW, 80L, Band.MEDIUM, 9L, Band.HIGH, 1L));

    @Test
    void whatAgreesHasNoMismatch() {
        var agreement = new Agreement()
                .tables(100, COUNTS)
                .alerts(Map.of(Band.MEDIUM, 9L, Band.HIGH, 1L), COUNTS, band -> band.atLeast(Band.MEDIUM))
                .known(Optional.of(new Supply.Known(6, 4)), COUNTS)
                .known(Optional.empty(), COUNTS);

        assertThat(agreement.mismatches()).isEmpty();
    }

    @Test
    void aLostRecordAndALostDecisionAreNamed() {
        var lost = new LakeCounts(90, 4, 6, 89, Map.of());

        assertThat(new Agreement().tables(1_101, lost).mismatches())
                .containsExactly(
                        "records sent: 1,101, rows of bronze: 100", "decided rows of bronze: 90, rows of silver: 89");
    }

    @Test
    void aMissingAlertAndOneOfABandThatDoesNotAlertAreNamed() {
        var agreement = new Agreement()
                .alerts(Map.of(Band.LOW, 1L, Band.MEDIUM, 9L), COUNTS, band -> band.atLeast(Band.MEDIUM));

        assertThat(agreement.mismatches())
                .containsExactly(
                        "LOW alerts on the topic: 1, in silver: 0", "HIGH alerts on the topic: 0, in silver: 1");
    }

    @Test
    void aBadRecordThatWasNotRejectedIsNamed() {
        assertThat(new Agreement()
                        .known(Optional.of(new Supply.Known(7, 4)), COUNTS)
                        .mismatches())
                .containsExactly("records made bad: 7, rejected: 6");
    }
}
