package riskcluster.actors.partition;

import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;

/** Lines about a partition's rejected records: one in ten seconds at most, for a sender gone wrong sends thousands a second. */
final class RejectedLines {

    private static final Logger LOG = LoggerFactory.getLogger(Partition.class);
    private static final long PAUSE_MICROS = 10_000_000;

    private final LongSupplier wallClockMicros;
    private long untold;
    private long silentUntil = Long.MIN_VALUE;

    RejectedLines(LongSupplier wallClockMicros) {
        this.wallClockMicros = wallClockMicros;
    }

    /**
     * Counts the rejected records of a round, and tells of all since the last line when it is time for one.
     *
     * @param rejected how many there are among {@code judged}, at least one
     */
    void add(List<Judged> judged, long rejected) {
        untold += rejected;
        long now = wallClockMicros.getAsLong();
        if (now < silentUntil || !LOG.isInfoEnabled()) {
            return;
        }
        for (var each : judged) {
            if (each.outcome() instanceof Outcome.Rejected first) {
                Lines.of(LOG, Level.INFO, each.record())
                        .addKeyValue("reason", first.reason().code())
                        .log("{} more records are rejected, the first of this moment for: {}", untold, first.reason());
                untold = 0;
                silentUntil = now + PAUSE_MICROS;
                return;
            }
        }
    }
}
