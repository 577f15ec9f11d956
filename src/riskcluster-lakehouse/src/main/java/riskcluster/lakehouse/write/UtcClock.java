package riskcluster.lakehouse.write;

/** Day, hour and weekday of an instant in UTC, without objects. */
final class UtcClock {

    static final int SATURDAY = 6;

    private static final long MICROS_PER_HOUR = 3_600_000_000L;
    private static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
    private static final int DAYS_PER_WEEK = 7;

    /** 1 January 1970 was a Thursday, ISO day 4. */
    private static final int WEEKDAY_OF_DAY_ZERO = 4;

    private UtcClock() {}

    /** Days since 1970; negative before. */
    static int day(long micros) {
        return Math.toIntExact(Math.floorDiv(micros, MICROS_PER_DAY));
    }

    /** 0 to 23. */
    static int hour(long micros) {
        return (int) (Math.floorMod(micros, MICROS_PER_DAY) / MICROS_PER_HOUR);
    }

    /** Monday 1 to Sunday 7. */
    static int isoDayOfWeek(long micros) {
        return Math.floorMod(Math.floorDiv(micros, MICROS_PER_DAY) + WEEKDAY_OF_DAY_ZERO - 1, DAYS_PER_WEEK) + 1;
    }
}
