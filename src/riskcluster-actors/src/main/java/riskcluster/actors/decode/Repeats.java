package riskcluster.actors.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A bounded table of texts that many records repeat, so that each is one string and not one a record. Threads may
 * overwrite each other's entries; each entry is whole, and a lost one is made again.
 */
final class Repeats {
    private static final int ENTRIES = 1 << 12;
    private static final int BYTES_MAX = 64;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** 2 to the power of 64 divided by the golden ratio, see Knuth, volume 3, section 6.4. */
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final @Nullable Entry[] entries = new Entry[ENTRIES];

    private record Entry(byte[] bytes, String text) {}

    /** The text whose UTF-8 stands in {@code in} from {@code start} to {@code end}, checked before. */
    String text(byte[] in, int start, int end) {
        if (end - start > BYTES_MAX) {
            return new String(in, start, end - start, StandardCharsets.UTF_8);
        }
        int slot = slot(in, start, end);
        var entry = entries[slot];
        if (entry == null || !Arrays.equals(entry.bytes, 0, entry.bytes.length, in, start, end)) {
            var bytes = Arrays.copyOfRange(in, start, end);
            entry = new Entry(bytes, new String(bytes, StandardCharsets.UTF_8));
            entries[slot] = entry;
        }
        return entry.text;
    }

    private static int slot(byte[] in, int start, int end) {
        long hash = end - start;
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(in, at)) * FACTOR;
            hash ^= hash >>> 32;
        }
        for (; at < end; at++) {
            hash = (hash ^ in[at]) * FACTOR;
        }
        return (int) (hash >>> 40) & ENTRIES - 1;
    }
}
