package riskcluster.node.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One JSON value under construction in a buffer that is used again for the next one. The caller writes the structure;
 * this class owes only that texts are escaped and that numbers and times are well formed. Used by one thread.
 */
public final class JsonBytes {

    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int LONGEST_LONG = 20;

    private final IsoTime time = new IsoTime();
    private byte[] buffer = new byte[512];
    private int length;

    /** The bytes of an ASCII literal, to be kept in a constant and given to {@link #raw(byte[])}. */
    public static byte[] ascii(String literal) {
        return literal.getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins the next value. */
    public JsonBytes clear() {
        length = 0;
        return this;
    }

    /** A copy of what was written since {@link #clear()}. */
    public byte[] copy() {
        return Arrays.copyOf(buffer, length);
    }

    public int length() {
        return length;
    }

    /** Bytes as they are. */
    public JsonBytes raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    /** One ASCII character as it is. */
    public JsonBytes raw(char character) {
        reserve(1);
        buffer[length++] = (byte) character;
        return this;
    }

    /** A quoted text in UTF-8, escaped where JSON asks for it. */
    public JsonBytes text(String text) {
        raw('"');
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character >= 0x80) {
                return rest(text.substring(i)).raw('"');
            }
            character(character);
        }
        return raw('"');
    }

    private void character(int unit) {
        if (unit >= 0 && (unit < 0x20 || unit == '"' || unit == '\\')) {
            escape((char) unit);
        } else {
            reserve(1);
            buffer[length++] = (byte) unit;
        }
    }

    /** What begins with a character beyond ASCII; lone surrogates become question marks. */
    private JsonBytes rest(String text) {
        for (var unit : text.getBytes(StandardCharsets.UTF_8)) {
            character(unit);
        }
        return this;
    }

    /** A whole number in decimal. */
    public JsonBytes number(long value) {
        reserve(LONGEST_LONG);
        if (value == Long.MIN_VALUE) {
            return raw(ascii(Long.toString(value)));
        }
        if (value < 0) {
            raw('-');
        }
        var rest = Math.abs(value);
        return digits(rest, width(rest));
    }

    /** {@code unscaled} / 10^{@code scale}, with exactly {@code scale} digits after the point; not negative. */
    public JsonBytes decimal(long unscaled, int scale) {
        var power = 1L;
        for (var i = 0; i < scale; i++) {
            power *= 10;
        }
        number(unscaled / power);
        return scale == 0 ? this : raw('.').digits(unscaled % power, scale);
    }

    /** The last {@code width} decimal digits of a number that is not negative, with leading zeros. */
    public JsonBytes digits(long value, int width) {
        reserve(width);
        var rest = value;
        for (var i = length + width - 1; i >= length; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
        return this;
    }

    /** The last {@code width} hexadecimal digits, lower case. */
    public JsonBytes hex(long value, int width) {
        reserve(width);
        var rest = value;
        for (var i = length + width - 1; i >= length; i--) {
            buffer[i] = HEX[(int) (rest & 15)];
            rest >>>= 4;
        }
        length += width;
        return this;
    }

    /** A quoted ISO-8601 time in UTC with microseconds. */
    public JsonBytes time(long micros) {
        raw('"');
        reserve(IsoTime.LENGTH);
        time.write(micros, buffer, length);
        length += IsoTime.LENGTH;
        return raw('"');
    }

    private static int width(long value) {
        var width = 1;
        for (var rest = value; rest >= 10; rest /= 10) {
            width++;
        }
        return width;
    }

    private void escape(char character) {
        if (character < 0x20) {
            raw('\\').raw('u').hex(character, 4);
        } else {
            raw('\\').raw(character);
        }
    }

    private void reserve(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
