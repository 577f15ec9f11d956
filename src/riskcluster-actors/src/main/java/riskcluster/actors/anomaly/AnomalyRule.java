package riskcluster.actors.anomaly;

import java.util.List;

/**
 * When a closed window is an anomaly.
 *
 * @param windowSeconds the lengths of windows, which are aligned to 1970 UTC
 * @param transactionsMin that it has at least
 * @param windowsMin the customer's earlier closed windows at least
 * @param zMin deviations above the mean at least
 */
public record AnomalyRule(List<Integer> windowSeconds, int transactionsMin, int windowsMin, double zMin) {

    /** The contract's. */
    public static final AnomalyRule CONTRACT = new AnomalyRule(List.of(5, 60), 5, 10, 3);

    public AnomalyRule {
        windowSeconds = List.copyOf(windowSeconds);
        if (windowSeconds.size() != Tempos.LENGTHS || windowsMin < 1) {
            throw new IllegalArgumentException(
                    "anomalies go by " + Tempos.LENGTHS + " lengths and at least one earlier window");
        }
    }

    /** Whether the window that is counted would be an anomaly if it closed now; once it is, more only confirm it. */
    boolean isMet(Tempo tempo) {
        return tempo.transactions() >= transactionsMin
                && tempo.windows() >= windowsMin
                && (tempo.transactions() - tempo.mean()) / Math.max(tempo.deviation(), 1) >= zMin;
    }
}
