package riskcluster.lakehouse.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.LogPartition;

/**
 * A rekey as it stands in Postgres.
 *
 * @param version of the pseudonyms that all rows get
 * @param places of each partition the offset from which on it makes them itself
 * @param doneAt null until then
 */
public record StoredRekey(
        UUID id,
        int version,
        Map<LogPartition, Long> places,
        @Nullable Instant requestedAt,
        @Nullable Instant doneAt) {

    public StoredRekey {
        places = Map.copyOf(places);
    }

    /** A wish that nobody has begun to fulfil. */
    public static StoredRekey wish(int version, Map<LogPartition, Long> places) {
        return new StoredRekey(UUID.randomUUID(), version, places, null, null);
    }

    public boolean isDone() {
        return doneAt != null;
    }
}
