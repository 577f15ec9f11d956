package riskcluster.actors.decode;

import java.time.YearMonth;

/** Reads a point in time as microseconds since 1970 UTC. */
final class EventTime {
    /** No point in time; no valid one has this value. */
    static final long NONE = Long.MIN_VALUE;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_BELOW = 100_000_000_000L;
    private static final long MILLIS_BELOW = 100_000_000_000_000L;
    private static final int FRACTION_DIGITS_MAX = 9;
    private static final int MICROS_DIGITS = 6;
    private static final int ZONE_HOURS_MAX = 18;

    private final byte[] in;
    private final int end;
    private int at;

    private EventTime(byte[] in, int start, int end) {
        this.in = in;
        this.at = start;
        this.end = end;
    }

    /** An integer since 1970: below 10^11 seconds, below 10^14 milliseconds, else microseconds. */
    static long ofInteger(long number) {
        if (number < SECONDS_BELOW) {
            return scaled(number, MICROS_PER_SECOND);
        }
        return number < MILLIS_BELOW ? number * 1_000 : number;
    }

    /** {@code number} times {@code micros}; {@link #NONE} where that is no long. */
    static long scaled(long number, long micros) {
        long product = number * micros;
        return Math.multiplyHigh(number, micros) == product >> 63 ? product : NONE;
    }

    /** As {@link #ofInteger}, of the letters of a JSON integer. */
    static long ofInteger(byte[] in, int start, int end) {
        boolean negative = in[start] == '-';
        long number = 0; // kept below 0, where there is one number more
        for (int at = negative ? start + 1 : start; at < end; at++) {
            int digit = in[at] - '0';
            if (number < Long.MIN_VALUE / 10 || number * 10 < Long.MIN_VALUE + digit) {
                return NONE;
            }
            number = number * 10 - digit;
        }
        if (!negative && number == Long.MIN_VALUE) {
            return NONE;
        }
        return ofInteger(negative ? number : -number);
    }

    /**
     * ISO-8601 in the extended form with {@code Z} or an offset; seconds and their fraction may be left out, and what is
     * finer than a microsecond is cut off.
     */
    static long ofIso(byte[] in, int start, int end) {
        return new EventTime(in, start, end).iso('T', false);
    }

    /** As {@link #ofIso}, with a space for the {@code T} if one likes, and UTC where no zone is given. */
    static long ofIsoOrUtc(byte[] in, int start, int end) {
        boolean spaced = end - start > 10 && in[start + 10] == ' ';
        return new EventTime(in, start, end).iso(spaced ? ' ' : 'T', true);
    }

    private long iso(char separator, boolean zoneOptional) {
        int year = digits(4);
        int month = after('-') ? digits(2) : -1;
        int day = after('-') ? digits(2) : -1;
        int hour = after(separator) ? digits(2) : -1;
        int minute = after(':') ? digits(2) : -1;
        if (year < 1 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return NONE;
        }
        if (day > 28 && day > YearMonth.of(year, month).lengthOfMonth()) {
            return NONE;
        }
        boolean toTheSecond = after(':');
        int second = toTheSecond ? digits(2) : 0;
        int micros = toTheSecond ? fraction() : 0;
        if (second < 0 || second > 59 || micros < 0) {
            return NONE;
        }
        int shift = zone(zoneOptional);
        if (shift == Integer.MIN_VALUE || at != end) {
            return NONE;
        }
        long seconds = epochDay(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - shift;
        return seconds * MICROS_PER_SECOND + micros;
    }

    private int fraction() {
        if (!after('.') && !after(',')) {
            return 0;
        }
        int micros = 0;
        int count = 0;
        for (; at < end && in[at] >= '0' && in[at] <= '9'; at++) {
            micros = count < MICROS_DIGITS ? micros * 10 + (in[at] - '0') : micros;
            count++;
        }
        if (count == 0 || count > FRACTION_DIGITS_MAX) {
            return -1;
        }
        for (; count < MICROS_DIGITS; count++) {
            micros *= 10;
        }
        return micros;
    }

    /** Seconds east of UTC; {@code Integer.MIN_VALUE} where there is no zone. */
    private int zone(boolean optional) {
        if (after('Z') || optional && at == end) {
            return 0;
        }
        boolean west = after('-');
        if (!west && !after('+')) {
            return Integer.MIN_VALUE;
        }
        int hours = digits(2);
        int minutes = at == end ? 0 : after(':') || at < end ? digits(2) : -1;
        if (hours < 0 || hours > ZONE_HOURS_MAX || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int shift = hours * 3_600 + minutes * 60;
        return west ? -shift : shift;
    }

    /** The next {@code count} digits as a number, and steps over them; -1 where something else stands there. */
    private int digits(int count) {
        if (end - at < count) {
            at = end;
            return -1;
        }
        int number = 0;
        for (int i = 0; i < count; i++) {
            int digit = in[at++] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private boolean after(char wanted) {
        if (at < end && in[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /** Days since 1970-01-01 in the Gregorian calendar, by eras of 400 years that begin in March. */
    private static long epochDay(int year, int month, int day) {
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }
}
