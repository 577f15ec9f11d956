package riskcluster.actors.partition;

import java.util.ArrayDeque;
import java.util.Optional;
import riskcluster.actors.customer.Round;

/**
 * The rounds of a partition between the log and the outputs, in the log's order: first those that wait to be sent to
 * the customers, then those that are with them. It bounds what is in flight.
 */
final class RoundQueue {

    private static final int ROUNDS_MAX = 4;

    /** Rows handed to the writer and not yet in files. */
    private static final int ROWS_UNWRITTEN_MAX = 6_000;

    private final ArrayDeque<Round> waiting = new ArrayDeque<>();
    private final ArrayDeque<Round> scoring = new ArrayDeque<>();
    private final ArrayDeque<Integer> writing = new ArrayDeque<>();
    private int rowsUnwritten;

    void arrived(Round round) {
        waiting.add(round);
    }

    /** The round to be sent next, if there is one. */
    Optional<Round> next() {
        return Optional.ofNullable(waiting.peek());
    }

    /** The next round is with the customers now. */
    void sent() {
        scoring.add(waiting.remove());
    }

    /** The oldest round at the customers, taken out, if all of them are through with it. */
    Optional<Round> takeDone() {
        var oldest = scoring.peek();
        return oldest != null && oldest.isDone() ? Optional.of(scoring.remove()) : Optional.empty();
    }

    void writing(int rows) {
        writing.add(rows);
        rowsUnwritten += rows;
    }

    /** Writes are done in the order in which they were handed over. */
    void written() {
        rowsUnwritten -= writing.remove();
    }

    /** Whether another round may come. */
    boolean hasRoom() {
        return waiting.size() + scoring.size() < ROUNDS_MAX && rowsUnwritten < ROWS_UNWRITTEN_MAX;
    }
}
