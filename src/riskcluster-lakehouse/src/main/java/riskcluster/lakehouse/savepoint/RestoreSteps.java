package riskcluster.lakehouse.savepoint;

/** Hears how far a restore has come; a test of crashes stops there. */
@FunctionalInterface
public interface RestoreSteps {

    /** Nobody listens. */
    RestoreSteps NONE = step -> {};

    /** Where a restore can die, in this order. */
    enum Step {
        EPOCH_TAKEN,
        TABLES_STAGED,
        POINTERS_MOVED,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    void reached(Step step);
}
