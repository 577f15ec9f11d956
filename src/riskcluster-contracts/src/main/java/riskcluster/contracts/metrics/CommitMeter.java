package riskcluster.contracts.metrics;

/** What the committer tells of its work, once a commit. Safe for any thread; never blocks, never throws. */
public interface CommitMeter {

    /** Tells nobody. */
    CommitMeter NONE = new CommitMeter() {};

    /**
     * A batch was committed.
     *
     * @param nanos from taking the checkpoints to the answer of Postgres
     */
    default void committed(long batchId, int checkpoints, long records, int files, long nanos) {}

    /** A commit did not happen, or nobody knows yet whether it did. */
    default void failed() {}

    /** Age of a committed batch's oldest record by its Kafka time at the time of the commit, in milliseconds. */
    default void freshness(long millis) {}
}
