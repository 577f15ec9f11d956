package riskcluster.node.feed;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * When the record at each offset was due to be sent, whether or not the sender kept up: latency is counted from there.
 * Milliseconds or microseconds since 1970 UTC, as its owner likes. Arrays, not a map: what is measured shares the heap
 * with it, and a map's nodes were a third of what each young collection had to copy. Safe for several threads.
 */
public final class DueTimes {

    private static final int FIRST_CAPACITY = 1 << 12;

    private long[][] times = new long[0][];

    /** Notes a record's time. */
    public synchronized void put(int partition, long offset, long due) {
        if (partition >= times.length) {
            var known = times.length;
            times = Arrays.copyOf(times, partition + 1);
            Arrays.fill(times, known, times.length, new long[0]);
        }
        var at = Math.toIntExact(offset);
        if (at >= times[partition].length) {
            times[partition] = Arrays.copyOf(times[partition], Math.max(FIRST_CAPACITY, Math.max(at + 1, at * 2)));
        }
        times[partition][at] = due;
    }

    /** Empty where no such record was sent from here. */
    public synchronized OptionalLong at(int partition, long offset) {
        if (partition < 0 || partition >= times.length || offset < 0 || offset >= times[partition].length) {
            return OptionalLong.empty();
        }
        var due = times[partition][(int) offset];
        return due == 0 ? OptionalLong.empty() : OptionalLong.of(due);
    }
}
