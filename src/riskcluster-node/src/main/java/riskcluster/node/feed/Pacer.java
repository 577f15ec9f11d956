package riskcluster.node.feed;

import java.util.concurrent.locks.LockSupport;

/** Says when each record of an even stream is due, and waits for it. */
final class Pacer {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long WORTH_WAITING_NANOS = 200_000;

    private final double recordsPerSecond;
    private final long startNanos = System.nanoTime();
    private long records;

    /**
     * @param recordsPerSecond 0 for as fast as it goes
     */
    Pacer(double recordsPerSecond) {
        this.recordsPerSecond = recordsPerSecond;
    }

    /** Waits until the next record is due. */
    void await() {
        if (recordsPerSecond <= 0) {
            return;
        }
        var due = startNanos + (long) (records++ / recordsPerSecond * NANOS_PER_SECOND);
        for (var left = due - System.nanoTime(); left > WORTH_WAITING_NANOS; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
