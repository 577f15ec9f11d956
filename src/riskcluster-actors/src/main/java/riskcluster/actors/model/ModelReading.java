package riskcluster.actors.model;

/** What reading a model came to. */
public sealed interface ModelReading {

    /** It can be asked. */
    record Ready(Forest forest) implements ModelReading {}

    /**
     * It cannot, and nothing of it is used.
     *
     * @param line of the fault, from 1; 0 where it has no place
     * @param column of the fault, from 1; 0 where it has no place
     */
    record Refused(int line, int column, String reason, String allowed) implements ModelReading {}
}
