package riskcluster.actors.anomaly;

import riskcluster.contracts.decision.Anomaly;

/**
 * An open window that is an anomaly as soon as it closes.
 *
 * @param length which of the rule's lengths it has
 */
public record Rush(int length, String userId, String customerKey, Tempo tempo) {

    private static final long MICROS_PER_SECOND = 1_000_000;

    Anomaly closed(AnomalyRule rule) {
        int seconds = rule.windowSeconds().get(length);
        return new Anomaly(
                userId,
                customerKey,
                seconds,
                tempo.window() * seconds * MICROS_PER_SECOND,
                tempo.transactions(),
                tempo.windows(),
                tempo.mean(),
                tempo.deviation());
    }
}
