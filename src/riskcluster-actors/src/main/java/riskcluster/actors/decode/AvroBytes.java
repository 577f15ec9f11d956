package riskcluster.actors.decode;

import java.nio.charset.StandardCharsets;
import riskcluster.contracts.decision.Reason;

/**
 * The primitives of Avro's binary encoding (specification 1.12, "Binary encoding"), read within the bounds of the bytes
 * that are there: no length is believed before it is checked.
 */
final class AvroBytes {
    private static final int VARINT_BITS_INT = 35;
    private static final int VARINT_BITS_LONG = 70;

    private final byte[] in;
    private int at;

    AvroBytes(byte[] in, int start) {
        this.in = in;
        this.at = start;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at == in.length;
    }

    boolean bool() throws Unfit {
        byte flag = in[step(1)];
        if (flag != 0 && flag != 1) {
            throw broken("no boolean");
        }
        return flag == 1;
    }

    int integer() throws Unfit {
        long number = varint(VARINT_BITS_INT);
        if (number >>> 32 != 0) {
            throw broken("an int of more than 32 bits");
        }
        return (int) (number >>> 1) ^ -(int) (number & 1);
    }

    long longer() throws Unfit {
        long number = varint(VARINT_BITS_LONG);
        return number >>> 1 ^ -(number & 1);
    }

    float single() throws Unfit {
        return Float.intBitsToFloat((int) littleEndian(4));
    }

    double dual() throws Unfit {
        return Double.longBitsToDouble(littleEndian(8));
    }

    /** An index below {@code count}, as unions and enums have it. */
    int index(int count) throws Unfit {
        long index = longer();
        if (index < 0 || index >= count) {
            throw broken("the index " + index + " of " + count);
        }
        return (int) index;
    }

    /** The length of bytes or a string, all of which are there. */
    int length() throws Unfit {
        long length = longer();
        if (length < 0 || length > in.length - at) {
            throw broken("a length of " + length + ", more than is left");
        }
        return (int) length;
    }

    String text(String field) throws Unfit {
        int start = skippedText();
        return JsonText.whole(field, new String(in, start, at - start, StandardCharsets.UTF_8));
    }

    /** Steps over a string, which must be UTF-8, and returns where it began. */
    int skippedText() throws Unfit {
        int length = length();
        int start = at;
        int end = at + length;
        while (at < end) {
            at += in[at] >= 0 ? 1 : JsonText.utf8Length(in, at);
        }
        if (at != end) {
            throw broken("a string that ends within a character");
        }
        return start;
    }

    byte[] bytes(int length) throws Unfit {
        int start = step(length);
        return java.util.Arrays.copyOfRange(in, start, start + length);
    }

    /** Steps over {@code length} bytes and returns where they began. */
    int step(long length) throws Unfit {
        if (length < 0 || length > in.length - at) {
            throw broken("cut off");
        }
        int start = at;
        at += (int) length;
        return start;
    }

    Unfit broken(String found) {
        return new Unfit(Reason.NOT_DECODABLE, "byte " + at + " of the Avro record: " + found);
    }

    private long varint(int bitsMax) throws Unfit {
        long number = 0;
        for (int shift = 0; shift < bitsMax; shift += 7) {
            byte part = in[step(1)];
            number |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return number;
            }
        }
        throw broken("a number without an end");
    }

    private long littleEndian(int count) throws Unfit {
        int start = step(count);
        long number = 0;
        for (int i = count - 1; i >= 0; i--) {
            number = number << 8 | in[start + i] & 0xFF;
        }
        return number;
    }
}
