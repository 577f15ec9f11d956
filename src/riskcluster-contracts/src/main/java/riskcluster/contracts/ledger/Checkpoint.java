package riskcluster.contracts.ledger;

import java.util.List;
import riskcluster.contracts.log.LogPartition;

/**
 * A partition's durable step: the offsets [from, to) and the files that hold their rows in every table.
 *
 * @param alertCursor the alert cursor known committed when this was sealed
 * @param watermarkMicros greatest event time among the partition's decided records before {@code to};
 *     {@code Long.MIN_VALUE} where there is none
 * @param records input records in the range (control records are none)
 */
public record Checkpoint(
        LogPartition source,
        long from,
        long to,
        long alertCursor,
        long watermarkMicros,
        long records,
        List<StagedFile> files) {

    public Checkpoint {
        if (to <= from) {
            throw new IllegalArgumentException("a checkpoint [" + from + ", " + to + ") of " + source + " is empty");
        }
        files = List.copyOf(files);
    }
}
