package riskcluster.contracts.lake;

import java.util.List;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.ledger.StagedFile;

/** Writes one partition's rows to data files, one checkpoint after the other. Used by one thread at a time. */
public interface PartitionWriter {

    /**
     * Adds the rows of these records, in the log's order. Blocks while it encodes and writes.
     *
     * @param ingestTimeMicros the wall clock for {@code ingest_time}, microseconds since 1970 UTC
     */
    void write(List<Judged> records, long ingestTimeMicros);

    /**
     * Closes every file written since the last call and returns them once the store has confirmed their lengths.
     * An exception means: this writer is done for; what it wrote belongs to the orphan sweep.
     */
    List<StagedFile> stage();

    /**
     * Tells the greatest event time among the partition's decided records before those written next; without a word it
     * is the greatest that was written. Gold's correction period goes by it.
     */
    default void watermark(long micros) {}

    /** What gold gains by the records written since the last call, in its own binary form; empty where it gains nothing. */
    default byte[] partials() {
        return new byte[0];
    }

    /** How many of the rows written to {@code bronze.transactions} since the last call are tombstones. */
    default long tombstones() {
        return 0;
    }

    /** Files that are open now. */
    default int openFiles() {
        return 0;
    }

    /** Gives up what is open. Files already written stay for the orphan sweep. */
    void abandon();
}
