package riskcluster.lakehouse.replay;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogRecord;

/** One partition's records of a pass as they are decided again, found by offset; rows of silver are ticked off. */
final class Again {

    private final List<Judged> records;
    private final long[] offsets;
    private final AtomicIntegerArray found;

    /** @param records in the log's order */
    Again(List<Judged> records) {
        this.records = records;
        this.offsets =
                records.stream().mapToLong(judged -> judged.record().offset()).toArray();
        this.found = new AtomicIntegerArray(offsets.length);
    }

    /** The place of the record at this offset; negative where there is none. */
    int place(long offset) {
        return Arrays.binarySearch(offsets, offset);
    }

    LogRecord record(int place) {
        return records.get(place).record();
    }

    Outcome outcome(int place) {
        return records.get(place).outcome();
    }

    /** Absent where the record was not decided but rejected, or is a duplicate. */
    @Nullable
    Decision decision(int place) {
        return outcome(place) instanceof Outcome.Decided(var decision) ? decision : null;
    }

    /** Whether it is the first row of silver for this record. */
    boolean tick(int place) {
        return found.getAndSet(place, 1) == 0;
    }

    boolean isTicked(int place) {
        return found.get(place) != 0;
    }

    int size() {
        return offsets.length;
    }
}
