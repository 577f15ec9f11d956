package riskcluster.contracts.alert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** JSON text under construction, as UTF-8 bytes; used by one thread and once. */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long DAY_OF_YEAR_0 = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long DAY_OF_YEAR_10000 = LocalDate.of(10_000, 1, 1).toEpochDay();

    private byte[] out;
    private int size;

    JsonBytes(int bytesExpected) {
        out = new byte[bytesExpected];
    }

    byte[] toBytes() {
        return Arrays.copyOf(out, size);
    }

    /** Appends text that is ASCII and needs no quotes. */
    @SuppressWarnings("deprecation") // the one call that copies ASCII without an array in between
    JsonBytes raw(String ascii) {
        room(ascii.length());
        ascii.getBytes(0, ascii.length(), out, size);
        size += ascii.length();
        return this;
    }

    JsonBytes textOrNull(@Nullable String text) {
        return text == null ? raw("null") : text(text);
    }

    /** Appends a JSON string; half a surrogate pair, which UTF-8 cannot say, becomes U+FFFD. */
    JsonBytes text(String text) {
        room(text.length() * 6 + 2);
        out[size++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                out[size++] = (byte) c;
            } else if (c < 0x80) {
                escaped(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                utf8(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                utf8(Character.isSurrogate(c) ? 0xFFFD : c);
            }
        }
        out[size++] = '"';
        return this;
    }

    private void escaped(char c) {
        out[size++] = '\\';
        switch (c) {
            case '"', '\\' -> out[size++] = (byte) c;
            case '\n' -> out[size++] = 'n';
            case '\r' -> out[size++] = 'r';
            case '\t' -> out[size++] = 't';
            default -> {
                out[size++] = 'u';
                out[size++] = '0';
                out[size++] = '0';
                out[size++] = HEX[c >> 4];
                out[size++] = HEX[c & 15];
            }
        }
    }

    private void utf8(int point) {
        if (point < 0x800) {
            out[size++] = (byte) (0xC0 | point >> 6);
        } else if (point < 0x10000) {
            out[size++] = (byte) (0xE0 | point >> 12);
            out[size++] = (byte) (0x80 | point >> 6 & 0x3F);
        } else {
            out[size++] = (byte) (0xF0 | point >> 18);
            out[size++] = (byte) (0x80 | point >> 12 & 0x3F);
            out[size++] = (byte) (0x80 | point >> 6 & 0x3F);
        }
        out[size++] = (byte) (0x80 | point & 0x3F);
    }

    /** Appends the number's shortest decimal, {@code null} for NaN and the infinities. */
    JsonBytes number(double number) {
        return raw(Double.isFinite(number) ? Double.toString(number) : "null");
    }

    /** Appends a quoted instant in ISO-8601 UTC. */
    JsonBytes instant(long micros) {
        return raw("\"").instantPlain(micros).raw("\"");
    }

    /**
     * Appends an instant in ISO-8601 UTC, six places of a second where they are not all zero.
     *
     * @param micros microseconds since 1970 UTC
     */
    JsonBytes instantPlain(long micros) {
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
        int fraction = (int) Math.floorMod(micros, MICROS_PER_SECOND);
        long day = Math.floorDiv(seconds, SECONDS_PER_DAY);
        if (day < DAY_OF_YEAR_0 || day >= DAY_OF_YEAR_10000) {
            return raw(Instant.ofEpochSecond(seconds, fraction * 1_000L).toString());
        }
        var date = LocalDate.ofEpochDay(day);
        int second = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
        room(32);
        digits(date.getYear(), 1_000, '-');
        digits(date.getMonthValue(), 10, '-');
        digits(date.getDayOfMonth(), 10, 'T');
        digits(second / 3_600, 10, ':');
        digits(second / 60 % 60, 10, ':');
        digits(second % 60, 10, fraction == 0 ? 'Z' : '.');
        if (fraction != 0) {
            digits(fraction, 100_000, 'Z');
        }
        return this;
    }

    private void digits(int number, int firstPlace, char after) {
        for (int place = firstPlace; place > 0; place /= 10) {
            out[size++] = (byte) ('0' + number / place % 10);
        }
        out[size++] = (byte) after;
    }

    private void room(int bytes) {
        if (out.length - size < bytes) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, size + bytes));
        }
    }
}
