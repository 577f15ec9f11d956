package riskcluster.lakehouse.gold;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Customers' keys as bytes: of a pseudonym, {@code k<version>:} and 64 hexadecimal digits, half of what its text takes; any
 * other text as it is. By loops of its own, since each checkpoint has thousands of them.
 */
final class CustomerKeys {

    private static final int DIGEST_BYTES = 32;
    private static final int VERSION_DIGITS_MAX = 9;
    private static final int PLAIN = 0;
    private static final int NO_VERSION = -1;
    private static final byte[] NO_DIGEST = {};

    private CustomerKeys() {}

    static void write(String key, ByteSink out) {
        int head = key.length() - 2 * DIGEST_BYTES;
        int version = version(key, head);
        byte[] digest = version == NO_VERSION ? NO_DIGEST : digest(key, head);
        if (digest.length == 0) {
            out.number(PLAIN).text(key);
        } else {
            out.number(1 + version).raw(digest);
        }
    }

    static String read(ByteSource in) {
        int version = in.count();
        return version == PLAIN ? in.text() : text("k" + (version - 1) + ":", in.raw(DIGEST_BYTES));
    }

    /** The number between the letter and the colon that end at {@code head}, where it is written as one is. */
    private static int version(String key, int head) {
        int numbers = head - 2;
        if (numbers < 1 || numbers > VERSION_DIGITS_MAX || key.charAt(0) != 'k' || key.charAt(head - 1) != ':') {
            return NO_VERSION;
        }
        int version = 0;
        for (int i = 1; i < head - 1; i++) {
            int digit = key.charAt(i) - '0';
            boolean leadingZero = i == 1 && digit == 0 && numbers > 1;
            if (digit < 0 || digit > 9 || leadingZero) {
                return NO_VERSION;
            }
            version = 10 * version + digit;
        }
        return version;
    }

    /** The digits from {@code head} on as bytes; empty where one of them is none. */
    private static byte[] digest(String key, int head) {
        var digest = new byte[DIGEST_BYTES];
        int wrong = 0;
        for (int i = 0; i < DIGEST_BYTES; i++) {
            int high = digit(key.charAt(head + 2 * i));
            int low = digit(key.charAt(head + 2 * i + 1));
            wrong |= high | low;
            digest[i] = (byte) (high << 4 | low);
        }
        return wrong < 0 ? NO_DIGEST : digest;
    }

    /** Below 0 where it is no lower-case hexadecimal digit. */
    private static int digit(char letter) {
        if (letter >= '0' && letter <= '9') {
            return letter - '0';
        }
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private static String text(String head, byte[] digest) {
        var text = new byte[head.length() + 2 * DIGEST_BYTES];
        for (int i = 0; i < head.length(); i++) {
            text[i] = (byte) head.charAt(i);
        }
        for (int i = 0; i < DIGEST_BYTES; i++) {
            text[head.length() + 2 * i] = letter(digest[i] >> 4 & 0xf);
            text[head.length() + 2 * i + 1] = letter(digest[i] & 0xf);
        }
        return new String(text, ISO_8859_1);
    }

    private static byte letter(int digit) {
        return (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
}
