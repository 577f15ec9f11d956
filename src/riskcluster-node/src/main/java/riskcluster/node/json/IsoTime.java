package riskcluster.node.json;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Writes times as {@code 2025-01-06T08:30:00.000000Z}; the date is kept, since neighbours mostly share it. */
final class IsoTime {

    /** Bytes of one time. */
    static final int LENGTH = 27;

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int DATE_LENGTH = 10;
    private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private final byte[] date = new byte[DATE_LENGTH];
    private long dayOfDate = Long.MIN_VALUE;

    /**
     * @param micros microseconds since 1970 UTC; the year must have four digits
     */
    void write(long micros, byte[] target, int at) {
        keepDate(Math.floorDiv(micros, MICROS_PER_DAY));
        System.arraycopy(date, 0, target, at, DATE_LENGTH);
        var rest = Math.floorMod(micros, MICROS_PER_DAY);
        var second = (int) (rest / 1_000_000);
        target[at + 10] = 'T';
        digits(second / 3600, 2, target, at + 11);
        target[at + 13] = ':';
        digits(second / 60 % 60, 2, target, at + 14);
        target[at + 16] = ':';
        digits(second % 60, 2, target, at + 17);
        target[at + 19] = '.';
        digits((int) (rest % 1_000_000), 6, target, at + 20);
        target[at + 26] = 'Z';
    }

    private void keepDate(long day) {
        if (day == dayOfDate) {
            return;
        }
        if (day < FIRST_DAY || day > LAST_DAY) {
            throw new IllegalArgumentException("a time on day " + day + " since 1970 has no year of four digits");
        }
        System.arraycopy(
                LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII), 0, date, 0, DATE_LENGTH);
        dayOfDate = day;
    }

    private static void digits(int value, int width, byte[] target, int at) {
        var rest = value;
        for (var i = at + width - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
