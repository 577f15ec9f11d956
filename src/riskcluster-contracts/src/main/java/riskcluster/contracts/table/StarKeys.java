package riskcluster.contracts.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of the star's dimensions follow from what they stand for, so that whoever knows the one can make the other:
 * the first eight bytes of a SHA-256, as a signed number, highest first. Used by one thread at a time.
 */
public final class StarKeys {

    /** Stands for nothing: the key of a transaction without a merchant, a device or a country. */
    public static final long NOTHING = 0;

    private static final int YEAR = 10_000;
    private static final int MONTH = 100;

    private final MessageDigest sha256;

    public StarKeys() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The key of a merchant, a device's pseudonym or a country's code; {@link #NOTHING} of none. */
    public long of(@Nullable String text) {
        return text == null
                ? NOTHING
                : ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)))
                        .getLong();
    }

    /** The key of a customer's version that is valid from that instant on, microseconds since 1970 UTC. */
    public long ofVersion(String customerKey, long validFromMicros) {
        return of(customerKey + "@" + validFromMicros);
    }

    /** The key of a UTC day, counted since 1970: 20250106. */
    public static int ofDay(long day) {
        var date = LocalDate.ofEpochDay(day);
        return date.getYear() * YEAR + date.getMonthValue() * MONTH + date.getDayOfMonth();
    }

    /** The day of such a key. */
    public static LocalDate day(int key) {
        return LocalDate.of(key / YEAR, key / MONTH % MONTH, key % MONTH);
    }
}
