package riskcluster.actors.log;

import riskcluster.contracts.log.LogPartition;

/** An alarm: the log does not hold the offsets that must be read next. Never answered by a skip. */
public final class RangeMissing extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final boolean forgotten;

    /** Tells that {@code source} was to be read from {@code wanted}, and what {@code why} Kafka gave. */
    public RangeMissing(LogPartition source, long wanted, String why) {
        super(text(source, "offset " + wanted, why));
        this.forgotten = false;
    }

    private RangeMissing(LogPartition source, long from, long to, boolean forgotten, String why) {
        super(text(source, "the range [" + from + ", " + to + ")", why));
        this.forgotten = forgotten;
    }

    /** Retention took [from, to). */
    public static RangeMissing forgotten(LogPartition source, long from, long to) {
        return new RangeMissing(source, from, to, true, "Kafka's retention has taken it; the log begins at " + to);
    }

    /** The log was cut: what was read at [from, to) is not there any more, or is something else now. */
    public static RangeMissing cut(LogPartition source, long from, long to) {
        return new RangeMissing(
                source, from, to, false, "it was read before and is gone or another now: the log was cut");
    }

    /** Whether retention took the range, so that what the lake has kept of it is the same. */
    public boolean isForgotten() {
        return forgotten;
    }

    private static String text(LogPartition source, String what, String why) {
        return what + " of " + source + " cannot be read: " + why
                + "; nothing is skipped, restore the log or decide about the range";
    }
}
