package riskcluster.actors.log;

import riskcluster.contracts.log.LogPartition;

/** The input topic as a partition sees it. Every call blocks; an exception means that Kafka did not answer. */
public interface InputLog {

    /** Kafka's id of the topic: another one means that the topic was deleted and made anew. */
    String topicId(LogPartition source);

    /** Offset of the first record that is still there. */
    long firstOffset(LogPartition source);

    /** Offset that the next produced record will have, or a greater one. */
    long endOffset(LogPartition source);

    /**
     * Looks whether the log still holds what was read from it up to {@code reached}; what retention took is no fault.
     *
     * @param leaderEpoch the leader epoch noted with that offset; -1 where unknown
     * @throws RangeMissing where the log was cut below
     */
    default void verify(LogPartition source, long reached, int leaderEpoch) {}

    /**
     * Opens a reader at {@code from}.
     *
     * @param leaderEpoch the leader epoch noted with that offset, so that a truncated log is noticed; -1 where unknown
     */
    LogReader open(LogPartition source, long from, int leaderEpoch);
}
