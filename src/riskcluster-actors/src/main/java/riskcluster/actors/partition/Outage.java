package riskcluster.actors.partition;

import java.time.Duration;
import java.util.Optional;
import riskcluster.actors.score.NewerVersion;

/**
 * What a tenure knows of Postgres and the store while they do not answer. From the first call without an answer on it
 * seals and saves nothing more: decisions and alerts go on, since the alert cursor is in Kafka, and rows are dropped.
 * When both answer again the tenure ends; the next one takes a new epoch, looks what became of that call, and writes
 * the rows again from what is sealed.
 */
final class Outage {

    /**
     * Checkpoints that fall due while a seal has no answer and no row finds room any more: past that, waiting for the
     * answer holds the alerts back.
     */
    private static final int CHECKPOINTS_WAITED_MAX = 8;

    /** Offsets decided and not sealed: past that the partition waits, for it must read them all again. */
    static final long UNSEALED_MAX = 1_000_000;

    static final Duration PROBE_EVERY = Duration.ofSeconds(1);

    private Optional<String> why = Optional.empty();
    private int checkpointsWaited;

    /**
     * Begins, unless it has begun; true where it has just begun.
     *
     * @throws Tenure.Over where it is no outage: waiting would change nothing
     */
    boolean begin(String what, Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof NewerVersion) {
                throw new Tenure.Over(what, cause);
            }
        }
        if (why.isPresent()) {
            return false;
        }
        why = Optional.of(what + " had no answer (" + root(cause)
                + "): decisions and alerts go on for customers in memory, rows and profiles wait until Postgres and the"
                + " store answer");
        return true;
    }

    private static String root(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    /** A checkpoint fell due; true where the seal before it has been without an answer for too long. */
    boolean checkpointWaited(boolean sealing, boolean room) {
        checkpointsWaited = sealing && !room ? checkpointsWaited + 1 : 0;
        return checkpointsWaited > CHECKPOINTS_WAITED_MAX;
    }

    boolean isOn() {
        return why.isPresent();
    }

    /** What is told to people; empty where everything answers. */
    Optional<String> why() {
        return why;
    }
}
