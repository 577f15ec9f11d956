package riskcluster.node.bench;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/** The times at which the records of a steady rate are due, fixed when it begins. */
final class Beat {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000;

    private final int rate;
    private final long beganNanos = System.nanoTime();
    private final long beganMicros =
            ChronoUnit.MICROS.between(Instant.EPOCH, Clock.systemUTC().instant());

    /** @param rate records a second, the first of them now */
    Beat(int rate) {
        this.rate = rate;
    }

    /** Waits until the record of this number, from 0, is due, and returns that time in microseconds since 1970 UTC. */
    long await(long number) {
        long sinceNanos = number * NANOS_PER_SECOND / rate;
        while (System.nanoTime() - beganNanos < sinceNanos) {
            LockSupport.parkNanos(sinceNanos - (System.nanoTime() - beganNanos));
        }
        return beganMicros + sinceNanos / NANOS_PER_MICRO;
    }
}
