package riskcluster.lakehouse.ledger;

import java.time.Instant;
import java.util.List;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogPartition;

/**
 * A checkpoint that waits to become part of a batch.
 *
 * @param partials what gold gains by it; empty where gold gains nothing
 */
@SuppressWarnings("ArrayRecordComponent") // moved, never compared
public record SealedCheckpoint(
        long id,
        LogPartition source,
        long from,
        long to,
        long records,
        Instant sealedAt,
        List<StagedFile> files,
        byte[] partials) {

    public SealedCheckpoint {
        files = List.copyOf(files);
    }

    /** A checkpoint by which gold gains nothing. */
    public SealedCheckpoint(
            long id, LogPartition source, long from, long to, long records, Instant sealedAt, List<StagedFile> files) {
        this(id, source, from, to, records, sealedAt, files, new byte[0]);
    }
}
