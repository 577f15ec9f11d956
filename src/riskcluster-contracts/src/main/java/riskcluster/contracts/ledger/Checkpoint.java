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
 * @param tombstones those of them whose rows in {@code bronze.transactions} are tombstones
 * @param partials what gold gains by these records, in its own binary form; empty where gold gains nothing
 */
@SuppressWarnings("ArrayRecordComponent") // moved, never compared
public record Checkpoint(
        LogPartition source,
        long from,
        long to,
        long alertCursor,
        long watermarkMicros,
        long records,
        long tombstones,
        List<StagedFile> files,
        byte[] partials) {

    public Checkpoint {
        if (to <= from) {
            throw new IllegalArgumentException("a checkpoint [" + from + ", " + to + ") of " + source + " is empty");
        }
        files = List.copyOf(files);
    }

    /** A checkpoint without tombstones. */
    public Checkpoint(
            LogPartition source,
            long from,
            long to,
            long alertCursor,
            long watermarkMicros,
            long records,
            List<StagedFile> files,
            byte[] partials) {
        this(source, from, to, alertCursor, watermarkMicros, records, 0, files, partials);
    }

    /** A checkpoint by which gold gains nothing, and without tombstones. */
    public Checkpoint(
            LogPartition source,
            long from,
            long to,
            long alertCursor,
            long watermarkMicros,
            long records,
            List<StagedFile> files) {
        this(source, from, to, alertCursor, watermarkMicros, records, files, new byte[0]);
    }
}
