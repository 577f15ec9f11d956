package riskcluster.contracts.step;

/** A place in the protocol at which a process may die. */
public enum Step {
    EPOCH_TAKEN,
    PRODUCER_INITIALISED,
    CURSORS_READ,
    POLLED,
    SCORED,
    ALERTS_SENT,
    ALERTS_COMMITTED,
    ROWS_WRITTEN,
    FILES_CLOSED,
    CHECKPOINT_SEALED,
    CHECKPOINTS_TAKEN,
    METADATA_WRITTEN,
    FENCE_HELD,
    POINTERS_MOVED,
    CHECKPOINTS_MARKED,
    BEFORE_COMMIT,
    AFTER_COMMIT,
    PROFILES_CUT,
    PROFILES_SAVED
}
