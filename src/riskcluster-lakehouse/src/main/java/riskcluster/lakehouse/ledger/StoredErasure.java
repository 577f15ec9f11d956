package riskcluster.lakehouse.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An erasure as it stands in Postgres.
 *
 * @param tag by which partitions recognise the customer
 * @param userId null once it is done
 * @param pseudonyms of him, one for each version of the key; none once it is done
 * @param goneAt when the last file recorded for deletion may go
 * @param report what the last search found
 */
public record StoredErasure(
        UUID id,
        String tag,
        @Nullable String userId,
        List<String> pseudonyms,
        Step step,
        @Nullable Instant requestedAt,
        @Nullable Instant goneAt,
        @Nullable Instant doneAt,
        @Nullable String report) {

    /** How far an erasure has come; each step may be taken again. */
    public enum Step {
        /** Somebody asked for it. */
        REQUESTED,
        /** No owner of a partition from before can seal any more. */
        PLACED,
        /** Every partition's owner knows of it, and what was sealed before stands in the tables. */
        KNOWN,
        /** No file that the tables show now holds anything of the customer. */
        REWRITTEN,
        /** Nothing from before can be pinned. */
        HISTORY_DROPPED,
        /** Searched, nothing found. */
        DONE
    }

    public StoredErasure {
        pseudonyms = List.copyOf(pseudonyms);
    }

    /** A wish that nobody has begun to fulfil. */
    public static StoredErasure wish(String tag, String userId, List<String> pseudonyms) {
        return new StoredErasure(UUID.randomUUID(), tag, userId, pseudonyms, Step.REQUESTED, null, null, null, null);
    }
}
