package riskcluster.contracts.step;

/** Hears that a step of the protocol was reached. */
@FunctionalInterface
public interface Steps {

    /** Hears nothing. */
    Steps UNHEARD = (scope, step) -> {};

    /**
     * A step was reached, and the next has not begun.
     *
     * @param scope the log partition's text, or {@code committer}
     */
    void reached(String scope, Step step);
}
