package riskcluster.actors.decode;

import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.transaction.Transaction;

/** What decoding one record came to. */
public sealed interface Decoded {

    /** The record keeps the data contract. */
    record Accepted(Transaction transaction) implements Decoded {}

    /** The record does not keep the data contract, now and for ever. */
    record Rejected(Outcome.Rejected outcome) implements Decoded {}

    /**
     * Nobody can say yet: the schema that the record names is not known here. The partition waits, with an alarm, and
     * decodes the record again; letting it out as rejected could not be taken back.
     *
     * @param why for the alarm
     */
    record Undecided(String why) implements Decoded {}
}
