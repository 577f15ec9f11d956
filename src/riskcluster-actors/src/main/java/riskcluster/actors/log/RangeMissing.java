package riskcluster.actors.log;

import riskcluster.contracts.log.LogPartition;

/** An alarm: the log does not hold the offsets that must be read next. Never answered by a skip. */
public final class RangeMissing extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Tells that {@code source} was to be read from {@code wanted}, and what {@code why} Kafka gave. */
    public RangeMissing(LogPartition source, long wanted, String why) {
        super("offset " + wanted + " of " + source + " cannot be read: " + why
                + "; nothing is skipped, restore the log or decide about the range");
    }
}
