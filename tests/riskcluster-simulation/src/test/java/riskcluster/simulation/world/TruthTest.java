package riskcluster.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.ledger.PolicySwitch;

class TruthTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theInputHasAnomaliesThatNoAlertAccompanies(long seed) {
        var input = new InputTopic(seed);
        var policy = PolicyFile.bundled("default");
        var truth = new Truth(input, List.of(policy), new Scorer(new Pseudonyms(Map.of(1, new byte[32]))));
        var quiet = input.sources().stream()
                .flatMap(source ->
                        truth
                                .between(source, 0, input.end(source), List.of(new PolicySwitch(0, policy.version())))
                                .stream())
                .filter(fact ->
                        fact.loud() && fact.outcome() instanceof Outcome.Decided(var decision) && !decision.alert())
                .toList();
        assertThat(quiet).hasSizeGreaterThan(3);
    }
}
