package riskcluster.simulation.fault;

/** What holds after every step, whatever went wrong before it. */
public enum Invariant {
    /** Every record up to a batch's offsets is in its tables. */
    NothingLost,
    /** No record is in a table twice. */
    NothingTwice,
    /** Only the newest owner of a place changes anything that counts. */
    OneOwner,
    /** The profile cursor never passes the other two. */
    ProfileNeverAhead,
    /** An alert that anyone has seen is what the log says, and is never taken back. */
    AlertIdsStable,
    /** Committed alerts are those that follow from the log, each once. */
    AlertsExactlyOnce,
    /** Silver says what the log and the policy in force there say. */
    DecisionsFollowTheLog,
    /** A decision tells the version of its customer that the log up to it tells. */
    StarFollowsTheLog,
    /** A window holds what a second, simple implementation finds in it. */
    WindowsFollowTheLog,
    /** Every table of a batch reaches as far, and says so. */
    OffsetsEqualAcrossTables,
    /** Gold counts what silver holds. */
    GoldEqualsSilver,
    /** Each snapshot follows on the one before it. */
    SnapshotLineUnbroken,
    /** Every file that counts is there. */
    NothingReferencedIsMissing,
    /** No cursor moves back. */
    CursorNeverGoesBack,
    /** When faults stop, all runs dry. */
    RunsDry
}
