package riskcluster.actors.policy;

/** What reading a policy came to. */
public sealed interface PolicyReading {

    /** It can be put in force. */
    record Ready(Policy policy) implements PolicyReading {}

    /**
     * It cannot, and nothing of it is used.
     *
     * @param source the file, or where else the text came from
     * @param line of the fault, from 1; 0 where it has no place
     * @param column of the fault, from 1; 0 where it has no place
     */
    record Refused(String source, int line, int column, String reason, String allowed) implements PolicyReading {

        /** One line: place, reason, what is allowed. */
        public String message() {
            var place = line == 0 ? source : source + ":" + line + ":" + column;
            return place + ": " + reason + "; allowed: " + allowed;
        }
    }
}
