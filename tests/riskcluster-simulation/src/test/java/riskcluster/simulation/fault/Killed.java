package riskcluster.simulation.fault;

/** The process that does this is dead: what it goes on with has no effect. */
public final class Killed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The end of a process by name. */
    public Killed(String process) {
        super(process + " is dead", null, false, false);
    }
}
