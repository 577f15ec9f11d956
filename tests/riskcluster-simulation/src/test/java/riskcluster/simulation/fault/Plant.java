package riskcluster.simulation.fault;

/** A mistake that a test builds in, to see it caught. */
public enum Plant {
    NONE,
    /** A writer leaves out a row. */
    SKIPPED_ROW,
    /** Checkpoints of a batch are not marked as committed. */
    DOUBLED_COMMIT,
    /** One table's summary carries the offsets of two partitions swapped. */
    SWAPPED_OFFSET,
    /** A batch moves the pointers of some tables only. */
    HALF_A_BATCH,
    /** Alerts are committed before the transaction that carries their cursor. */
    ALERT_BEFORE_CURSOR,
    /** Kafka says that alerts are committed before they are. */
    ALERTS_ACKNOWLEDGED_EARLY,
    /** Postgres does not look at a partition's epoch. */
    STALE_EPOCH_ACCEPTED,
    /** Postgres does not look at the committer's epoch. */
    STALE_COMMITTER_ACCEPTED,
    /** The alert cursor is read before the producer fences older ones. */
    CURSORS_BEFORE_FENCE,
    /** A window holds what happened exactly its length ago. */
    WINDOW_OFF_BY_ONE,
    /** H1: the epoch is not looked at again when the cursors are read. */
    EPOCH_NOT_SEEN_AGAIN,
    /** H2: a policy is placed at an end of the log that was measured before. */
    POLICY_AT_OLD_END,
    /** H3: a save without answer is taken for done, and none compares the cursor before it moves it. */
    SAVE_TAKEN_FOR_GRANTED,
    /** H4: the alert cursor is read unstable. */
    UNSTABLE_CURSOR,
    /** H5: a checkpoint notes the data cursor as the alert cursor. */
    DATA_CURSOR_NOTED,
    /** H6: profiles are read from a copy that lags behind. */
    PROFILES_FROM_OLD_COPY,
    /** R1: the partition's open windows are not saved with its profiles. */
    OPEN_WINDOWS_NOT_SAVED,
    /** R1: a customer's counts for anomalies are not saved with his profile. */
    TEMPOS_NOT_SAVED,
    /** R1: what the star remembers of a customer is not saved with his profile. */
    STANDINGS_NOT_SAVED,
    /** H8: a deposed committer bumps the epoch all the same. */
    BUMP_BY_THE_DEPOSED,
    /** H10: what an attempt without answer wrote is deleted at once, as the stock table operations do. */
    CLEANED_WITHOUT_PROOF,
    /** R9: a checkpoint names a file whose PUT nobody confirmed. */
    FILE_NOT_CONFIRMED,
    /** H7: gold replaces the files that the committer remembers, not those that are there. */
    GOLD_BY_REMEMBERED_NAMES,
    /** H9: Postgres does not look at the epoch of maintenance. */
    STALE_MAINTENANCE_ACCEPTED,
    /** H9: files that nobody names are swept while their writer's epoch lasts. */
    SWEPT_WITHOUT_EPOCH,
    /** A rewrite puts the table as it was when the rewrite was prepared in the place of what came since. */
    REWRITE_OF_OLD_SNAPSHOT
}
