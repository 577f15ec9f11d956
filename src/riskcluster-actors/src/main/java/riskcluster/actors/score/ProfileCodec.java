package riskcluster.actors.score;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * A profile's form at rest. Version 1: a byte 1; then as varints (7 bits a byte, low ones first) the last offset + 1,
 * the number of entries, and 0, or 1 and the dropped time; then each entry: its time less the one before it, 16 bytes of
 * id, its amount + 1 or 0 where it is late. First and dropped time are zigzag-coded.
 */
final class ProfileCodec {
    private static final byte VERSION = 1;
    private static final int ID_BYTES = 16;

    private ProfileCodec() {}

    static byte[] encode(Profile profile) {
        var out = ByteBuffer.allocate(bytes(profile));
        out.put(VERSION);
        putVarint(out, profile.lastOffset() + 1);
        putVarint(out, profile.size());
        boolean dropped = profile.droppedMicros() != Long.MIN_VALUE;
        putVarint(out, dropped ? 1 : 0);
        if (dropped) {
            putVarint(out, zigzag(profile.droppedMicros()));
        }
        for (int i = 0; i < profile.size(); i++) {
            putVarint(out, codedTime(profile, i));
            out.putLong(profile.idHigh(i)).putLong(profile.idLow(i));
            putVarint(out, profile.amount(i) + 1);
        }
        return out.array();
    }

    /** Counted first: room for the longest form and a copy without it would be three times the bytes. */
    private static int bytes(Profile profile) {
        boolean dropped = profile.droppedMicros() != Long.MIN_VALUE;
        int bytes = 2
                + varintBytes(profile.lastOffset() + 1)
                + varintBytes(profile.size())
                + (dropped ? varintBytes(zigzag(profile.droppedMicros())) : 0)
                + profile.size() * ID_BYTES;
        for (int i = 0; i < profile.size(); i++) {
            bytes += varintBytes(codedTime(profile, i)) + varintBytes(profile.amount(i) + 1);
        }
        return bytes;
    }

    private static long codedTime(Profile profile, int i) {
        return i == 0 ? zigzag(profile.time(0)) : profile.time(i) - profile.time(i - 1);
    }

    static Profile decode(byte[] content) {
        var in = ByteBuffer.wrap(content);
        try {
            int version = in.get();
            if (version > VERSION) {
                throw new NewerVersion("a profile", version, VERSION);
            }
            if (version != VERSION) {
                throw new IllegalArgumentException("a profile of version " + version + ", allowed: " + VERSION);
            }
            long lastOffset = varint(in) - 1;
            long size = varint(in);
            if (size < 0 || size > Profile.ENTRIES_MAX) {
                throw new IllegalArgumentException("a profile of " + size + " entries");
            }
            long dropped = varint(in) == 0 ? Long.MIN_VALUE : unzigzag(varint(in));
            var profile = entries(in, (int) size).resumed(lastOffset, dropped);
            if (in.hasRemaining()) {
                throw new IllegalArgumentException(in.remaining() + " bytes follow a profile");
            }
            return profile;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a profile cut off at " + content.length + " bytes", e);
        }
    }

    private static Profile entries(ByteBuffer in, int size) {
        if (size == 0) {
            return Profile.EMPTY;
        }
        int first = in.position();
        boolean wide = false;
        for (int i = 0; i < size; i++) {
            varint(in);
            in.position(checked(in, ID_BYTES));
            wide |= varint(in) - 1 > Integer.MAX_VALUE;
        }
        in.position(first);
        var profile = Profile.blank(size, size, wide);
        long time = 0;
        for (int i = 0; i < size; i++) {
            time = i == 0 ? unzigzag(varint(in)) : time + varint(in);
            profile.put(i, time, in.getLong(), in.getLong(), varint(in) - 1);
        }
        return profile;
    }

    private static int checked(ByteBuffer in, int bytes) {
        if (in.remaining() < bytes) {
            throw new BufferUnderflowException();
        }
        return in.position() + bytes;
    }

    private static long zigzag(long number) {
        return number << 1 ^ number >> 63;
    }

    private static long unzigzag(long coded) {
        return coded >>> 1 ^ -(coded & 1);
    }

    private static int varintBytes(long number) {
        return (Long.SIZE - Long.numberOfLeadingZeros(number | 1) + 6) / 7;
    }

    private static void putVarint(ByteBuffer out, long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long varint(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte part = in.get();
            number |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number of more than 10 bytes in a profile");
    }
}
