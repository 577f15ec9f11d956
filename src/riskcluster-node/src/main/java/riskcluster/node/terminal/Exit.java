package riskcluster.node.terminal;

/** The statuses that the program ends with. */
public final class Exit {

    public static final int FINE = 0;
    /** Something is not as it should be: a mismatch, an alarm, a rejected record, nothing found. */
    public static final int UNWELL = 1;
    /** The command line or what it asked for is wrong. */
    public static final int USAGE = 2;
    /** No node answers. */
    public static final int UNREACHABLE = 3;
    /** It took longer than it may; the number that {@code timeout(1)} gives. */
    public static final int TIMEOUT = 124;

    private Exit() {}
}
