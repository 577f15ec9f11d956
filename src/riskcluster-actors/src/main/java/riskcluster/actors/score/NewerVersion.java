package riskcluster.actors.score;

/** Bytes at rest that a newer program wrote: this one gives the partition up, and a newer one can take it. */
public final class NewerVersion extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param what is of the version, as a message begins: {@code a profile} */
    public NewerVersion(String what, int version, int known) {
        super(what + " of version " + version + ", allowed: " + known + " and older; a newer program must read it");
    }
}
