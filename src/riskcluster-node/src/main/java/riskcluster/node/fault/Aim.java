package riskcluster.node.fault;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.step.Steps;

/**
 * The place at which a process is to die: a step, when it is reached for the {@code nth} time in any scope.
 *
 * @param nth from 1
 */
record Aim(Step step, long nth) {

    /** What a process leaves that the system has killed. */
    static final int KILLED = 137;

    private static final int OF_RECORDS_MAX = 60;
    private static final int OF_ALERTS_MAX = 30;
    private static final int OF_CHECKPOINTS_MAX = 9;

    /** The first batch builds on tables as they were read, the second one on tables as they are remembered. */
    private static final int OF_BATCHES_MAX = 2;

    /** A batch writes more files and moves more pointers than this: any table's may be the last. */
    private static final int OF_METADATA_FILES_MAX = 16;

    private static final int OF_POINTERS_MAX = 8;

    /** An aim at this step that a node reaches within seconds of its start. */
    static Aim at(Step step, int partitions, RandomGenerator chance) {
        int most = switch (step) {
            case EPOCH_TAKEN, PRODUCER_INITIALISED, CURSORS_READ -> partitions;
            case POLLED, SCORED, ROWS_WRITTEN -> OF_RECORDS_MAX;
            case ALERTS_SENT, ALERTS_COMMITTED -> OF_ALERTS_MAX;
            case FILE_HALF_WRITTEN, FILES_CLOSED, CHECKPOINT_SEALED -> OF_CHECKPOINTS_MAX;
            case METADATA_FILE_WRITTEN -> OF_METADATA_FILES_MAX;
            case SOME_POINTERS_MOVED -> OF_POINTERS_MAX;
            case CHECKPOINTS_TAKEN,
                    METADATA_WRITTEN,
                    FENCE_HELD,
                    POINTERS_MOVED,
                    CHECKPOINTS_MARKED,
                    BEFORE_COMMIT,
                    AFTER_COMMIT,
                    BATCH_UNTOLD -> OF_BATCHES_MAX;
            case PROFILES_CUT, PROFILES_SAVED -> partitions;
        };
        return new Aim(step, chance.nextInt(most) + 1);
    }

    /** An aim as {@link #toString} writes it. */
    static Aim parse(String text) {
        int colon = text.indexOf(':');
        return new Aim(Step.valueOf(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return step + ":" + nth;
    }

    /** Steps that end this process there at once: no hook runs, nothing is flushed. */
    Steps deadly(Steps heard) {
        var left = new AtomicLong(nth);
        return (scope, reached) -> {
            heard.reached(scope, reached);
            if (reached == step && left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(KILLED);
            }
        };
    }
}
