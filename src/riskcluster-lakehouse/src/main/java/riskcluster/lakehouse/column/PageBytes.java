package riskcluster.lakehouse.column;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of a page in the making, in memory that is used again for the next page. Numbers are little-endian. */
final class PageBytes {

    private static final int FIRST_CAPACITY = 4_096;

    /** So much is kept whatever was used of it, */
    private static final int KEPT_BYTES_MAX = 16 << 20;

    /** and more where it was needed just now: at a high pace the next file needs it again. */
    private static final int MEMORY_PER_USE_MAX = 4;

    private static final int VARINT_BYTES_MAX = 5;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    int capacity() {
        return bytes.length;
    }

    /** Keeps the memory, unless one page of giants had taken far more than the next ones need. */
    void clear() {
        if (bytes.length > KEPT_BYTES_MAX && size < bytes.length / MEMORY_PER_USE_MAX) {
            bytes = new byte[FIRST_CAPACITY];
        }
        size = 0;
    }

    /** Lets the memory go. */
    void free() {
        size = 0;
        bytes = new byte[FIRST_CAPACITY];
    }

    void int8(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void int32(int value) {
        ensure(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void int64(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    void longs(long[] values, int from, int to) {
        room((to - from) * Long.BYTES).asLongBuffer().put(values, from, to - from);
    }

    void reals(double[] values, int from, int to) {
        room((to - from) * Double.BYTES).asDoubleBuffer().put(values, from, to - from);
    }

    void floats(float[] values, int from, int to) {
        room((to - from) * Float.BYTES).asFloatBuffer().put(values, from, to - from);
    }

    /** The next so many bytes, to be filled at once: numbers one by one cost a check each. */
    private ByteBuffer room(int length) {
        ensure(length);
        size += length;
        return ByteBuffer.wrap(bytes, size - length, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The lowest {@code count} bytes of a number. */
    void lowest(long value, int count) {
        ensure(Long.BYTES);
        LONG.set(bytes, size, value);
        size += count;
    }

    void bytes(byte[] value, int from, int length) {
        ensure(length);
        System.arraycopy(value, from, bytes, size, length);
        size += length;
    }

    /** What is written to it goes behind the bytes that are there. */
    OutputStream asStream() {
        return new OutputStream() {
            @Override
            public void write(int value) {
                int8(value);
            }

            @Override
            public void write(byte[] value, int from, int length) {
                bytes(value, from, length);
            }
        };
    }

    /** Parquet's plain form of bytes: the length in four bytes, then they themselves. */
    void lengthAndBytes(byte[] value) {
        int32(value.length);
        bytes(value, 0, value.length);
    }

    /** Whether {@link #lengthAndBytes} wrote these bytes at {@code place}. */
    boolean holds(int place, byte[] value) {
        int from = place + Integer.BYTES;
        return int32At(place) == value.length
                && Arrays.equals(bytes, from, from + value.length, value, 0, value.length);
    }

    /** A number in groups of seven bits, the lowest first. */
    void varint(int value) {
        ensure(VARINT_BYTES_MAX);
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            bytes[size++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Leaves room for a number that is known later, and tells where. */
    int reserveInt32() {
        ensure(Integer.BYTES);
        size += Integer.BYTES;
        return size - Integer.BYTES;
    }

    void int32At(int place, int value) {
        INT.set(bytes, place, value);
    }

    int int32At(int place) {
        return (int) INT.get(bytes, place);
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
