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

    /** Decisions of a committed batch that came too late to correct some window of gold they lie in. */
    default void leftOut(long decisions) {}

    /**
     * A committed batch broke a rule of a table's data contract.
     *
     * @param error whether the batch was marked for it; else it is a warning
     */
    default void qualityFailed(String table, String rule, boolean error) {}

    /** A commit did not happen, or nobody knows yet whether it did. */
    default void failed() {}

    /** Age of a committed batch's oldest record by its Kafka time at the time of the commit, in milliseconds. */
    default void freshness(long millis) {}
}
