package riskcluster.lakehouse.gold;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes in the making. Numbers take seven bits a byte, the lowest first, so that small ones are short. */
final class ByteSink {

    private static final int NUMBER_BYTES_MAX = 10;

    private byte[] bytes;
    private int size;

    ByteSink(int expected) {
        bytes = new byte[expected];
    }

    /** Forgets what was written and keeps the memory. */
    void clear() {
        size = 0;
    }

    ByteSink number(long value) {
        room(NUMBER_BYTES_MAX);
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes[size++] = (byte) (left & 0x7f | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
        return this;
    }

    /** A number that may be below 0. */
    ByteSink signed(long value) {
        return number(value << 1 ^ value >> 63);
    }

    ByteSink octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    ByteSink fixed(long value) {
        room(Long.BYTES);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(size, value);
        size += Long.BYTES;
        return this;
    }

    ByteSink text(String text) {
        return block(text.getBytes(StandardCharsets.UTF_8));
    }

    ByteSink block(byte[] block) {
        return number(block.length).raw(block);
    }

    /** Bytes whose number the reader knows. */
    ByteSink raw(byte[] block) {
        room(block.length);
        System.arraycopy(block, 0, bytes, size, block.length);
        size += block.length;
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
