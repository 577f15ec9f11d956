package riskcluster.lakehouse.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.log.LogPartition;

/**
 * A correction as it stands in Postgres: ranges of the log that are decided again.
 *
 * @param number in the order in which they were asked for; of two that overlap the later one wins
 * @param policy by which the ranges are decided; empty: by the policies of the time
 * @param tries that did not end it
 * @param why the last try did not end it
 * @param batch that published the rows; null before, and where it was given up
 * @param changed rows of silver that became others
 * @param endedAt when it was published or given up
 */
public record StoredCorrection(
        UUID id,
        long number,
        Instant requestedAt,
        Optional<StoredPolicy> policy,
        List<Span> spans,
        int tries,
        @Nullable String why,
        @Nullable Long batch,
        long changed,
        @Nullable Instant endedAt) {

    /** The offsets [from, to) of one partition. */
    public record Span(LogPartition source, long from, long to) {

        /** Whether the offset is one of these. */
        public boolean contains(long offset) {
            return offset >= from && offset < to;
        }
    }

    /** How far a correction has come. */
    public enum State {
        /** Maintenance will publish it. */
        WAITING,
        /** Its rows stand in the tables. */
        PUBLISHED,
        /** It could not be published, and nothing was changed. */
        GIVEN_UP
    }

    public StoredCorrection {
        spans = List.copyOf(spans);
    }

    public State state() {
        if (batch != null) {
            return State.PUBLISHED;
        }
        return endedAt == null ? State.WAITING : State.GIVEN_UP;
    }
}
