package riskcluster.lakehouse.ledger;

import java.time.Instant;
import java.util.List;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogPartition;

/**
 * A checkpoint that waits to become part of a batch.
 *
 * @param tombstones records whose rows in {@code bronze.transactions} are tombstones
 * @param partials what gold gains by it; empty where gold gains nothing
 */
@SuppressWarnings("ArrayRecordComponent") // moved, never compared
public record SealedCheckpoint(
        long id,
        LogPartition source,
        long from,
        long to,
        long records,
        long tombstones,
        Instant sealedAt,
        List<StagedFile> files,
        byte[] partials) {

    public SealedCheckpoint {
        files = List.copyOf(files);
    }

    /** A checkpoint without tombstones. */
    public SealedCheckpoint(
            long id,
            LogPartition source,
            long from,
            long to,
            long records,
            Instant sealedAt,
            List<StagedFile> files,
            byte[] partials) {
        this(id, source, from, to, records, 0, sealedAt, files, partials);
    }

    /** A checkpoint by which gold gains nothing, and without tombstones. */
    public SealedCheckpoint(
            long id, LogPartition source, long from, long to, long records, Instant sealedAt, List<StagedFile> files) {
        this(id, source, from, to, records, sealedAt, files, new byte[0]);
    }
}
