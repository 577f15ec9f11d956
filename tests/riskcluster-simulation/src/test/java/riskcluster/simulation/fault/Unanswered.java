package riskcluster.simulation.fault;

/** Nobody said what became of a call. */
public final class Unanswered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A call without answer; without a stack, since there are many. */
    public Unanswered(String what) {
        super(what, null, false, false);
    }
}
