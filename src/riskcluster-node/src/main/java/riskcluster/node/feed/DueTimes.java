package riskcluster.node.feed;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * When the record at each offset was due to be sent, whether or not the sender kept up: latency is counted from there.
 * Safe for several threads.
 */
public final class DueTimes {

    private static final int FIRST_CAPACITY = 1 << 12;

    private long[][] millis = new long[0][];

    synchronized void put(int partition, long offset, long dueMillis) {
        if (partition >= millis.length) {
            var known = millis.length;
            millis = Arrays.copyOf(millis, partition + 1);
            Arrays.fill(millis, known, millis.length, new long[0]);
        }
        var at = Math.toIntExact(offset);
        if (at >= millis[partition].length) {
            millis[partition] = Arrays.copyOf(millis[partition], Math.max(FIRST_CAPACITY, Math.max(at + 1, at * 2)));
        }
        millis[partition][at] = dueMillis;
    }

    /** Milliseconds since 1970 UTC; empty where no such record was sent from here. */
    public synchronized OptionalLong at(int partition, long offset) {
        if (partition < 0 || partition >= millis.length || offset < 0 || offset >= millis[partition].length) {
            return OptionalLong.empty();
        }
        var due = millis[partition][(int) offset];
        return due == 0 ? OptionalLong.empty() : OptionalLong.of(due);
    }
}
