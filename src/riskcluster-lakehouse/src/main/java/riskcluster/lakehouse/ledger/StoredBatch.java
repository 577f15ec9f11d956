package riskcluster.lakehouse.ledger;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became visible at once, in all tables.
 *
 * @param id grows by one with every batch, from 1
 * @param records input records that this batch added
 * @param tables every table by its qualified name, changed by this batch or not
 */
public record StoredBatch(
        long id, Instant committedAt, long records, Offsets offsets, Map<String, TableVersion> tables) {

    public StoredBatch {
        tables = Map.copyOf(tables);
    }

    /**
     * A table at a batch.
     *
     * @param snapshot absent while the table has none
     * @param metadata the metadata file that was the newest then; it may be gone since
     */
    public record TableVersion(@Nullable Long snapshot, String metadata) {}
}
