package riskcluster.node.generate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When each generated transaction happens, in event time: evenly from a start on. It has nothing to do with how fast
 * they are sent.
 *
 * @param startMicros microseconds since 1970 UTC
 */
public record EventClock(long startMicros, double eventsPerSecond) {

    /** Monday 2025-01-06 00:00 UTC: where a clock starts when nobody says otherwise. */
    public static final Instant USUAL_START = Instant.parse("2025-01-06T00:00:00Z");

    private static final double MICROS = 1e6;
    private static final double SECONDS_PER_DAY = 86_400;

    public EventClock {
        if (!(eventsPerSecond > 0) || Double.isInfinite(eventsPerSecond)) {
            throw new IllegalArgumentException("event rate is " + eventsPerSecond + " a second, allowed: more than 0");
        }
    }

    /** From {@code start} on at one transaction a day for each customer, which keeps velocity rules quiet. */
    public static EventClock natural(Instant start, int customers) {
        return new EventClock(ChronoUnit.MICROS.between(Instant.EPOCH, start), customers / SECONDS_PER_DAY);
    }

    /** The natural clock whose {@code records}-th transaction happens at {@code end}. */
    public static EventClock endingAt(Instant end, int customers, long records) {
        var rate = customers / SECONDS_PER_DAY;
        return natural(end.minus((long) (records / rate * MICROS), ChronoUnit.MICROS), customers);
    }

    /** Event time of the transaction with this index, microseconds since 1970 UTC. */
    long at(long index) {
        return startMicros + Math.round(index / eventsPerSecond * MICROS);
    }
}
