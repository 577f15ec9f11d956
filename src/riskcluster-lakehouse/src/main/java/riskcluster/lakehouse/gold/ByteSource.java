package riskcluster.lakehouse.gold;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what a {@link ByteSink} wrote. */
final class ByteSource {

    private final ByteBuffer bytes;

    ByteSource(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has no end");
    }

    /** A number that counts something here. */
    int count() {
        return Math.toIntExact(number());
    }

    long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    int octet() {
        return bytes.get() & 0xff;
    }

    long fixed() {
        return bytes.getLong();
    }

    String text() {
        return new String(block(), StandardCharsets.UTF_8);
    }

    byte[] block() {
        return raw(count());
    }

    byte[] raw(int size) {
        var block = new byte[size];
        bytes.get(block);
        return block;
    }
}
