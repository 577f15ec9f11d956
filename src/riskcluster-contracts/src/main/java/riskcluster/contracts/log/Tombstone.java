package riskcluster.contracts.log;

/**
 * What is left of a record that was erased for a customer's privacy, beside its coordinates and Kafka's time.
 *
 * @param kind what the record was when it was erased
 * @param eventTimeMicros when it happened, microseconds since 1970 UTC; of a rejected record Kafka's time
 */
public record Tombstone(Kind kind, long eventTimeMicros) {

    /** In {@code reason} of {@code bronze.rejected} where the rejected record was erased. */
    public static final String REASON = "erased";

    /** What an erased record was. */
    public enum Kind {
        /** Decided, or accepted after its customer was erased. */
        DECIDED("erased"),
        DUPLICATE("erased_duplicate"),
        REJECTED(REASON);

        private final String disposition;

        Kind(String disposition) {
            this.disposition = disposition;
        }

        /** As it stands in {@code disposition} of {@code bronze.transactions}; of a rejected record, in its reason. */
        public String disposition() {
            return disposition;
        }
    }
}
