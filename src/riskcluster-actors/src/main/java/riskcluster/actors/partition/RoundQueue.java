package riskcluster.actors.partition;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import riskcluster.actors.customer.Round;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.metrics.InFlight;

/**
 * The rounds of a partition between the log and the outputs, in the log's order: first those that wait to be sent to
 * the customers, then those that are with them. It bounds what is in flight.
 */
final class RoundQueue {

    private static final int ROUNDS_MAX = 4;

    /** Rows handed to the writer and not yet in files: a full poll of them. What waits outlives a young collection. */
    private static final int ROWS_UNWRITTEN_MAX = 2_000;

    private static final long BYTES_UNWRITTEN_MAX = 64L << 20;

    /** Alerts and dead letters sent and not committed: an open transaction does not grow without end. */
    private static final int ALERTS_UNCOMMITTED_MAX = 20_000;

    private final ArrayDeque<Round> waiting = new ArrayDeque<>();
    private final ArrayDeque<Round> scoring = new ArrayDeque<>();
    private final ArrayDeque<Written> writing = new ArrayDeque<>();
    private final ArrayDeque<Told> publishing = new ArrayDeque<>();
    private int rowsUnwritten;
    private long bytesUnwritten;
    private int alertsUncommitted;

    private record Written(int rows, long bytes) {}

    /** So many alerts and dead letters before offset {@code to}. */
    private record Told(long to, int alerts) {}

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

    /** Whether rounds are with the customers. */
    boolean isScoring() {
        return !scoring.isEmpty();
    }

    void writing(List<Judged> records) {
        long bytes = 0;
        for (var each : records) {
            bytes += each.record().bytes();
        }
        writing.add(new Written(records.size(), bytes));
        rowsUnwritten += records.size();
        bytesUnwritten += bytes;
    }

    /** Writes are done in the order in which they were handed over. */
    void written() {
        var done = writing.remove();
        rowsUnwritten -= done.rows();
        bytesUnwritten -= done.bytes();
    }

    /** So many alerts and dead letters before offset {@code to} are on their way. */
    void publishing(long to, int alerts) {
        publishing.add(new Told(to, alerts));
        alertsUncommitted += alerts;
    }

    /** The alert cursor stands at {@code cursor}. */
    void committed(long cursor) {
        while (!publishing.isEmpty() && publishing.peek().to() <= cursor) {
            alertsUncommitted -= publishing.remove().alerts();
        }
    }

    /** Whether another round may come. */
    boolean hasRoom() {
        return waiting.size() + scoring.size() < ROUNDS_MAX && alertsUncommitted < ALERTS_UNCOMMITTED_MAX;
    }

    /** Whether the writer keeps up. */
    boolean hasRoomForRows() {
        return rowsUnwritten < ROWS_UNWRITTEN_MAX && bytesUnwritten < BYTES_UNWRITTEN_MAX;
    }

    InFlight inFlight(long recordsUnsealed, int profilesUnsaved, int openFiles) {
        return new InFlight(
                waiting.size() + scoring.size(),
                rowsUnwritten,
                bytesUnwritten,
                alertsUncommitted,
                recordsUnsealed,
                profilesUnsaved,
                openFiles);
    }
}
