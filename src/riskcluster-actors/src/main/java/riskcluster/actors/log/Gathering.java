package riskcluster.actors.log;

import java.time.Duration;

/**
 * How long is waited before a poll. While records come one by one there is some time between two polls, that records come
 * together: each poll and its round cost as much as dozens of decisions.
 */
final class Gathering {

    /** Between the beginnings of two polls. */
    static final long GATHERING_NANOS = Duration.ofMillis(5).toNanos();

    /** A poll that brings so many was worth it, and the next one does not wait. */
    static final int RECORDS_WORTH_A_POLL = 500;

    private long polledAt;
    private boolean gathers;

    /** Nanoseconds to wait before a poll that could begin now; 0 for none. */
    long nanosBeforePoll(long now) {
        return gathers ? Math.max(0, GATHERING_NANOS - (now - polledAt)) : 0;
    }

    /** To be called after each poll with the time at which it began, and what it brought. */
    void polled(long begun, int records) {
        polledAt = begun;
        gathers = records < RECORDS_WORTH_A_POLL;
    }
}
