package riskcluster.node.feed;

import java.util.concurrent.locks.LockSupport;

/** Says when each record of an even stream is due, and waits for it. */
final class Pacer {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long WORTH_WAITING_NANOS = 200_000;

    private final double recordsPerSecond;
    private final long startNanos = System.nanoTime();
    private final long startMillis = System.currentTimeMillis();
    private long records;

    /**
     * @param recordsPerSecond 0 for as fast as it goes
     */
    Pacer(double recordsPerSecond) {
        this.recordsPerSecond = recordsPerSecond;
    }

    /**
     * Waits until the next record is due.
     *
     * @return when it was due, milliseconds since 1970 UTC; now, where there is no rate
     */
    long await() {
        if (recordsPerSecond <= 0) {
            return System.currentTimeMillis();
        }
        var dueNanos = (long) (records++ / recordsPerSecond * NANOS_PER_SECOND);
        for (var left = left(dueNanos); left > WORTH_WAITING_NANOS; left = left(dueNanos)) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        return startMillis + dueNanos / NANOS_PER_MILLI;
    }

    private long left(long dueNanos) {
        return startNanos + dueNanos - System.nanoTime();
    }
}
