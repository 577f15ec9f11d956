package riskcluster.actors.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.actors.policy.PolicyReading;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.transaction.Transaction;

class ModelInLineTest {
    @Test
    void theDecisionHasTheModelsProbabilityAndKeepsPointsAndBand(@TempDir Path folder) throws IOException {
        var without = PolicyFile.bundled("default");
        var with = withModel(without, folder.resolve("rules.json"));

        var plain = decided(without);
        var modelled = decided(with);

        assertThat(plain.probability()).isNaN();
        assertThat(modelled.probability())
                .isBetween(0.0, 1.0)
                .isEqualTo(with.model().orElseThrow().probability(modelled.features()));
        assertThat(modelled.policyVersion()).isEqualTo(with.version()).isNotEqualTo(plain.policyVersion());
        assertThat(modelled.points()).isEqualTo(plain.points());
        assertThat(modelled.band()).isEqualTo(plain.band());
        assertThat(modelled.firedRules()).isEqualTo(plain.firedRules());
        assertThat(modelled.alert()).isEqualTo(plain.alert());
    }

    private static Policy withModel(Policy policy, Path file) throws IOException {
        var model = Path.of("src/test/resources/model/model.json").toAbsolutePath();
        var rules = policy.stored().content().substring(1);
        Files.writeString(file, "{\"model\":\"" + model + "\"," + rules);
        return ((PolicyReading.Ready) PolicyFile.read(file)).policy();
    }

    private static Decision decided(Policy policy) {
        var transaction = new Transaction(
                "t", "u", 60_000_000L, 1_700_000_000_000_000L, "USD", null, null, "crypto", null, null, null);
        var outcome = Tries.SCORER.score(Profile.EMPTY, transaction, 0, policy).outcome();
        return ((Outcome.Decided) outcome).decision();
    }
}
