package riskcluster.contracts.metrics;

import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Reason;

/**
 * What one partition tells of its work, in totals of a batch: callers count in plain fields while they go through a
 * batch and call here once. Safe for any thread; never blocks, never throws.
 */
public interface PartitionMeter {

    /** Tells nobody. */
    PartitionMeter NONE = new PartitionMeter() {};

    /** Input records that were read, whatever became of them, and the bytes of their keys and values. */
    default void received(long records, long bytes) {}

    /** Records decided with this band. */
    default void decided(Band band, long records) {}

    /** Accepted records that their customer had before. */
    default void duplicated(long records) {}

    /** Records rejected for this reason. */
    default void rejected(Reason reason, long records) {}

    /** Decided records whose event time lay behind the allowed lateness. */
    default void late(long records) {}

    /** Alerts whose Kafka transaction is known to be committed. */
    default void alerted(long alerts) {}

    /** One alert's way: from its record's Kafka time until its transaction was committed, in milliseconds. */
    default void alertLatency(long millis) {}

    /** Records between the partition's position and the end of its log, measured now. */
    default void lag(long records) {}

    /** Customers whose profile is in memory, counted now. */
    default void customers(long inMemory) {}

    /** What is on its way through the partition, counted now. */
    default void inFlight(InFlight now) {}

    /** Customers of a save who have a profile in another partition too: their windows are split. */
    default void split(long customers) {}

    /** Whether the partition stands still or waits for something outside, now. */
    default void alarmed(boolean on) {}

    /** Whether the partition rests because somebody wants it to, now. */
    default void resting(boolean on) {}

    /** A checkpoint was sealed, after this long from closing its files to the answer of Postgres. */
    default void sealed(long records, long nanos) {}

    /** Changed profiles were saved in one transaction that took this long. */
    default void saved(long profiles, long nanos) {}
}
