package riskcluster.lakehouse.ledger;

import java.time.Instant;
import java.util.List;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogPartition;

/** A checkpoint that waits to become part of a batch. */
public record SealedCheckpoint(
        long id, LogPartition source, long from, long to, long records, Instant sealedAt, List<StagedFile> files) {

    public SealedCheckpoint {
        files = List.copyOf(files);
    }
}
