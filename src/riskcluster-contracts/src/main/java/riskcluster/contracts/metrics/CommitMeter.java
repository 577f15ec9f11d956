package riskcluster.contracts.metrics;

/**
 * What the committer and readers of the lake tell of their work, once a commit or a scan. Safe for any thread; never
 * blocks, never throws.
 */
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

    /**
     * A committed batch changed a table.
     *
     * @param table {@code namespace.name}
     * @param addedFiles data files that it added, with so many {@code addedBytes}
     * @param files data files that the table has now, with so many {@code bytes}
     */
    default void grew(String table, long addedFiles, long addedBytes, long files, long bytes) {}

    /**
     * Somebody looked which data files of a table a query needs.
     *
     * @param table {@code namespace.name}
     * @param files that it needs
     * @param manifests that were read for it
     * @param nanos that it took
     */
    default void planned(String table, long files, long manifests, long nanos) {}

    /** A commit did not happen, or nobody knows yet whether it did. */
    default void failed() {}

    /** Age of a committed batch's oldest record by its Kafka time at the time of the commit, in milliseconds. */
    default void freshness(long millis) {}
}
