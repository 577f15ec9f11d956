package riskcluster.simulation.world;

import java.util.Arrays;
import java.util.Objects;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;

/** What a judged record says, as a number: two that say the same have the same. */
final class Content {

    private static final long PRIME = 1_000_003;

    private Content() {}

    static long of(Judged judged) {
        return PRIME * of(judged.outcome()) + judged.anomalies().hashCode();
    }

    private static long of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Decided(var decision) -> of(decision);
            case Outcome.Duplicate(var transaction) -> PRIME * transaction.hashCode() + 1;
            case Outcome.Rejected(var reason, var detail) ->
                PRIME * detail.hashCode() + reason.code().hashCode();
            case Outcome.Erased(var left) -> PRIME * left.hashCode() + 2;
        };
    }

    private static long of(Decision decision) {
        long hash = Objects.hash(
                decision.transaction(),
                decision.customerKey(),
                decision.deviceKey(),
                decision.city(),
                decision.country(),
                decision.count30m(),
                decision.points(),
                decision.band().name(),
                decision.probability());
        hash = PRIME * hash + decision.firedRules().hashCode();
        hash = PRIME * hash + Arrays.hashCode(decision.features());
        return PRIME * hash
                + Objects.hash(
                        decision.featureVersion(),
                        decision.policyVersion(),
                        decision.late(),
                        decision.approximate(),
                        decision.alert());
    }
}
