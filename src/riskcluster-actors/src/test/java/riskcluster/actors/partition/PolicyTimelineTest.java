package riskcluster.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.contracts.ledger.PolicySwitch;

class PolicyTimelineTest {

    private static final PolicyTimeline TIMELINE = new PolicyTimeline(
            List.of(new PolicySwitch(10, "old"), new PolicySwitch(20, "new"), new PolicySwitch(20, "newer")),
            Map.of(
                    "old", PolicyFile.bundled("default"),
                    "new", PolicyFile.bundled("default"),
                    "newer", PolicyFile.bundled("card-terminals")));

    @Test
    void aPolicyDecidesFromItsOwnOffsetOn() {
        assertThat(TIMELINE.at(19).name())
                .isEqualTo(PolicyFile.bundled("default").name());
        assertThat(TIMELINE.at(20).name())
                .isEqualTo(PolicyFile.bundled("card-terminals").name());
    }

    @Test
    void theFirstPolicyAlsoDecidesWhatLiesBeforeIt() {
        assertThat(TIMELINE.at(0).name())
                .isEqualTo(PolicyFile.bundled("default").name());
    }

    @Test
    void theNextSwitchIsTheOneBehindTheOffset() {
        assertThat(TIMELINE.nextAfter(9)).isEqualTo(10);
        assertThat(TIMELINE.nextAfter(10)).isEqualTo(20);
        assertThat(TIMELINE.nextAfter(20)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aPlacedPolicyThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> new PolicyTimeline(List.of(new PolicySwitch(0, "lost")), Map.of()))
                .hasMessageContaining("lost");
    }
}
