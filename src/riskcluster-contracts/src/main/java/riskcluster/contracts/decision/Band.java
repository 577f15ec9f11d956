package riskcluster.contracts.decision;

/** How serious a decision is, from least to most. */
public enum Band {
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** Whether this band is {@code other} or a more serious one. */
    public boolean atLeast(Band other) {
        return compareTo(other) >= 0;
    }
}
