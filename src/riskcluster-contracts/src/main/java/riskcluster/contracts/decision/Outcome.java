package riskcluster.contracts.decision;

import riskcluster.contracts.log.Tombstone;
import riskcluster.contracts.transaction.Transaction;

/** The one end that each input record comes to. */
public sealed interface Outcome {

    /** Stands for no event time. */
    long NO_TIME = Long.MIN_VALUE;

    /**
     * The event time to which it moves the watermark of its partition, microseconds since 1970 UTC: of a decided record, and
     * of what is left of one. Of every other {@link #NO_TIME}.
     */
    default long watermarkMicros() {
        if (this instanceof Decided(var decision)) {
            return decision.transaction().eventTimeMicros();
        }
        return this instanceof Erased(var left) && left.kind() == Tombstone.Kind.DECIDED
                ? left.eventTimeMicros()
                : NO_TIME;
    }

    /** Accepted and decided: a row in bronze and one in silver. */
    record Decided(Decision decision) implements Outcome {}

    /** Accepted, but the customer had this transaction before: a row in bronze only. */
    record Duplicate(Transaction transaction) implements Outcome {}

    /** Not accepted: a row among the rejected and a message in the dead letter queue. */
    record Rejected(Reason reason, String detail) implements Outcome {}

    /** Erased, or its customer was: a row in bronze that keeps coordinates and times, and nothing else anywhere. */
    record Erased(Tombstone tombstone) implements Outcome {}
}
