package riskcluster.lakehouse.commit;

/** Hears of each step of a commit; a test of crashes stops there. */
@FunctionalInterface
public interface CommitSteps {

    /** Hears nothing. */
    CommitSteps NONE = step -> {};

    /** Called on the committer's thread, inside the transaction where the step lies inside it. */
    void reached(Step step);

    /** The places between which a commit can die, in their order. */
    enum Step {
        CHECKPOINTS_TAKEN,
        METADATA_WRITTEN,
        FENCE_HELD,
        SOME_POINTERS_MOVED,
        POINTERS_MOVED,
        CHECKPOINTS_MARKED,
        BEFORE_COMMIT,
        AFTER_COMMIT,
        BATCH_UNTOLD
    }
}
