package riskcluster.actors.alert;

import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;

/** Says which outcomes are told outside: alerts and dead letters. */
public final class Loud {

    private Loud() {}

    /** Whether anything of this record is a message on the alert, the anomaly or the dead letter topic. */
    public static boolean is(Judged judged) {
        return !judged.anomalies().isEmpty() || isOutcome(judged);
    }

    /** Whether its outcome is a message on the alert or the dead letter topic. */
    static boolean isOutcome(Judged judged) {
        return switch (judged.outcome()) {
            case Outcome.Decided(var decision) -> decision.alert();
            case Outcome.Rejected rejected -> true;
            case Outcome.Duplicate duplicate -> false;
            case Outcome.Erased erased -> false;
        };
    }
}
