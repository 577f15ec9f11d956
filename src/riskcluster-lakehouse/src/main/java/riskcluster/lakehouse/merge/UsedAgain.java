package riskcluster.lakehouse.merge;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.bytes.ByteBufferAllocator;

/**
 * Buffers of Parquet's encoders, each given out again once it came back: the encoders ask for new ones with every page, which
 * was a tenth of all bytes that a node asked for while days were sorted. What is not given out goes with this object. For one
 * thread.
 */
final class UsedAgain implements ByteBufferAllocator {

    /** The largest power of two that is an int; larger ones are as large as they were asked for. */
    private static final int LARGEST = 1 << 30;

    /** By capacity, which is a power of two, so that one serves those who ask for a little less. */
    private final Map<Integer, ArrayDeque<ByteBuffer>> free = new HashMap<>();

    private final Set<ByteBuffer> out = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Of {@code size} bytes, whatever they are; the array behind them may be larger. */
    @Override
    public ByteBuffer allocate(int size) {
        int capacity = size > LARGEST ? size : Integer.highestOneBit(Math.max(1, size - 1)) << 1;
        var waiting = free.get(capacity);
        var buffer = waiting == null || waiting.isEmpty() ? ByteBuffer.allocate(capacity) : waiting.pop();
        buffer.clear().limit(size);
        out.add(buffer);
        return buffer;
    }

    /** @throws IllegalArgumentException where it is not out: given out twice, it would be overwritten */
    @Override
    public void release(ByteBuffer buffer) {
        if (!out.remove(buffer)) {
            throw new IllegalArgumentException("a buffer of " + buffer.capacity() + " bytes that is not out");
        }
        free.computeIfAbsent(buffer.capacity(), none -> new ArrayDeque<>()).push(buffer);
    }

    @Override
    public boolean isDirect() {
        return false;
    }
}
