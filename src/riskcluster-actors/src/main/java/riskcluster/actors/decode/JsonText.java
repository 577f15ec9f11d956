package riskcluster.actors.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import riskcluster.contracts.decision.Reason;

/** The inside of a JSON string: escapes and UTF-8. */
final class JsonText {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private JsonText() {}

    /**
     * Bytes from {@code at} on, taken eight at a time, that are ASCII and neither a quote, a backslash nor a control
     * character. The byte after them may be plain too where fewer than eight are left.
     */
    static int plainLength(byte[] in, int at) {
        int plain = at;
        while (plain + Long.BYTES <= in.length) {
            long eight = (long) LONGS.get(in, plain);
            long quotes = eight ^ EACH * '"';
            long backslashes = eight ^ EACH * '\\';
            // The top bit of each byte that ends the run; above the first such byte there may be false ones.
            long ends = (eight - EACH * 0x20 | quotes - EACH | backslashes - EACH | eight) & TOPS;
            if (ends != 0) {
                return plain - at + Long.numberOfTrailingZeros(ends) / Byte.SIZE;
            }
            plain += Long.BYTES;
        }
        return plain - at;
    }

    /** Bytes that the escape at {@code at} takes; what is no escape of JSON is refused. */
    static int escapeLength(byte[] in, int at) throws Unfit {
        byte letter = at + 1 < in.length ? in[at + 1] : 0;
        switch (letter) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return 2;
            }
            case 'u' -> {
                for (int i = at + 2; i < at + 6; i++) {
                    if (i >= in.length || Character.digit(in[i], 16) < 0) {
                        throw new Unfit(Reason.NOT_DECODABLE, "byte " + i + " is no hex digit, allowed: \\u and four");
                    }
                }
                return 6;
            }
            default ->
                throw new Unfit(
                        Reason.NOT_DECODABLE, "byte " + at + " begins no escape that JSON has, such as \\n or \\u00e9");
        }
    }

    /** Bytes that the UTF-8 character at {@code at} takes, one beyond ASCII; what is no UTF-8 is refused. */
    static int utf8Length(byte[] in, int at) throws Unfit {
        int lead = in[at] & 0xFF;
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        boolean right = length > 0 && at + length <= in.length;
        for (int i = 1; right && i < length; i++) {
            right = (in[at + i] & 0xC0) == 0x80;
        }
        if (right && length > 2) {
            int second = in[at + 1] & 0xFF;
            // Longer than need be, half a surrogate pair, or past U+10FFFF.
            right = !(lead == 0xE0 && second < 0xA0
                    || lead == 0xED && second > 0x9F
                    || lead == 0xF0 && second < 0x90
                    || lead == 0xF4 && second > 0x8F);
        }
        if (!right) {
            throw new Unfit(Reason.NOT_DECODABLE, "byte " + at + " begins no character of UTF-8");
        }
        return length;
    }

    /** The characters of a string's inside that was scanned before. */
    static String decoded(byte[] in, int start, int end, boolean escaped) {
        if (!escaped) {
            return new String(in, start, end - start, StandardCharsets.UTF_8);
        }
        var text = new StringBuilder(end - start);
        int plain = start;
        int at = start;
        while (at < end) {
            if (in[at] != '\\') {
                at++;
                continue;
            }
            text.append(new String(in, plain, at - plain, StandardCharsets.UTF_8));
            text.append(character(in, at + 1));
            at += in[at + 1] == 'u' ? 6 : 2;
            plain = at;
        }
        return text.append(new String(in, plain, end - plain, StandardCharsets.UTF_8))
                .toString();
    }

    private static char character(byte[] in, int letterAt) {
        byte letter = in[letterAt];
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int point = 0;
                for (int i = 1; i <= 4; i++) {
                    point = point << 4 | Character.digit(in[letterAt + i], 16);
                }
                yield (char) point;
            }
            default -> (char) letter;
        };
    }

    /** {@code text} if it can be said in UTF-8; one that holds half a surrogate pair is refused. */
    static String whole(Field field, String text) throws Unfit {
        return whole(field.text(), text);
    }

    /** {@code text} if it can be said in UTF-8; one that holds half a surrogate pair is refused. */
    static String whole(String field, String text) throws Unfit {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw new Unfit(
                        Reason.NOT_DECODABLE,
                        field + " holds half a surrogate pair at character " + i + ", allowed: both halves");
            }
        }
        return text;
    }
}
