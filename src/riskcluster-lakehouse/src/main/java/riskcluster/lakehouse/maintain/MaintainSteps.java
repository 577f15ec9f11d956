package riskcluster.lakehouse.maintain;

/** Hears of each step of maintenance; a test of crashes stops there. */
@FunctionalInterface
public interface MaintainSteps {

    /** Hears nothing. */
    MaintainSteps NONE = step -> {};

    /** Called on the thread that takes the step, inside the transaction where it lies inside one. */
    void reached(Step step);

    /** The places between which maintenance can die, in their order. */
    enum Step {
        CHOSEN,
        FILES_WRITTEN,
        STAGED,
        FENCES_HELD,
        POINTER_MOVED,
        BEFORE_COMMIT,
        AFTER_COMMIT,
        BATCHES_FORGOTTEN,
        ORPHANS_FOUND
    }
}
