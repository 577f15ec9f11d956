package riskcluster.actors.score;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** 128 bits in place of a transaction's id: MurmurHash3 x64 128 of its UTF-8 with seed 0 (Austin Appleby). */
public record IdHash(long high, long low) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final int BLOCK_BYTES = 16;

    public static IdHash of(String id) {
        return of(id.getBytes(StandardCharsets.UTF_8));
    }

    static IdHash of(byte[] bytes) {
        long h1 = 0;
        long h2 = 0;
        int blocksEnd = bytes.length & -BLOCK_BYTES;
        for (int at = 0; at < blocksEnd; at += BLOCK_BYTES) {
            h1 ^= mixFirst((long) LONGS.get(bytes, at));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mixSecond((long) LONGS.get(bytes, at + 8));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        if (bytes.length - blocksEnd > 8) {
            h2 ^= mixSecond(tail(bytes, blocksEnd + 8, bytes.length));
        }
        if (bytes.length > blocksEnd) {
            h1 ^= mixFirst(tail(bytes, blocksEnd, Math.min(bytes.length, blocksEnd + 8)));
        }
        h1 ^= bytes.length;
        h2 ^= bytes.length;
        h1 += h2;
        h2 += h1;
        h1 = finished(h1);
        h2 = finished(h2);
        h1 += h2;
        return new IdHash(h1, h2 + h1);
    }

    private static long mixFirst(long block) {
        return Long.rotateLeft(block * C1, 31) * C2;
    }

    private static long mixSecond(long block) {
        return Long.rotateLeft(block * C2, 33) * C1;
    }

    private static long tail(byte[] bytes, int start, int end) {
        long block = 0;
        for (int at = end - 1; at >= start; at--) {
            block = block << 8 | bytes[at] & 0xFF;
        }
        return block;
    }

    private static long finished(long hash) {
        long k = hash;
        k ^= k >>> 33;
        k *= 0xff51afd7ed558ccdL;
        k ^= k >>> 33;
        k *= 0xc4ceb9fe1a85ec53L;
        return k ^ k >>> 33;
    }
}
