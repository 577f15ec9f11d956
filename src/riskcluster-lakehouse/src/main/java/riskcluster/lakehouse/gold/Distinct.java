package riskcluster.lakehouse.gold;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;

/**
 * How many different ids there were: their hashes while they are few, a HyperLogLog sketch above. It depends on the ids
 * alone, not on the order or the portions in which they came. Never changed.
 */
final class Distinct {

    /** The most ids that are counted exactly. */
    static final int EXACT_MAX = 1_024;

    static final Distinct NONE = new Distinct(new long[0], new byte[0]);

    /** 4,096 registers: a standard error of 1.04 / sqrt(4096), 1.7 %, in two kilobytes. */
    private static final int LOG_REGISTERS = 12;

    private static final int EXACT = 0;
    private static final int SKETCH = 1;

    /** Sorted; empty where there is a sketch. */
    private final long[] hashes;

    private final byte[] sketch;

    private Distinct(long[] hashes, byte[] sketch) {
        this.hashes = hashes;
        this.sketch = sketch;
    }

    /** @param added sorted, each once */
    Distinct plus(long[] added) {
        if (added.length == 0) {
            return this;
        }
        if (sketch.length > 0) {
            return sketched(HllSketch.heapify(sketch), added);
        }
        long[] union = hashes.length == 0 ? added : union(hashes, added);
        return union.length <= EXACT_MAX
                ? new Distinct(union, sketch)
                : sketched(new HllSketch(LOG_REGISTERS, TgtHllType.HLL_4), union);
    }

    /** These and those of the other. */
    Distinct and(Distinct other) {
        if (other.isExact()) {
            return plus(other.hashes);
        }
        if (isExact()) {
            return other.plus(hashes);
        }
        var union = new HllUnion(LOG_REGISTERS);
        union.update(HllSketch.heapify(sketch));
        union.update(HllSketch.heapify(other.sketch));
        return new Distinct(new long[0], union.getResult(TgtHllType.HLL_4).toCompactByteArray());
    }

    /** Whether any that is counted exactly has another hash by then. */
    boolean isRenamedBy(LongUnaryOperator names) {
        return Arrays.stream(hashes).anyMatch(hash -> names.applyAsLong(hash) != hash);
    }

    /** Those that are counted exactly under other hashes, each once; a sketch as it is. */
    Distinct renamed(LongUnaryOperator names) {
        if (!isRenamedBy(names)) {
            return this;
        }
        long[] renamed = Arrays.stream(hashes).map(names).toArray();
        return new Distinct(Hashes.distinct(renamed, renamed.length), sketch);
    }

    boolean isExact() {
        return sketch.length == 0;
    }

    long count() {
        return isExact() ? hashes.length : Math.round(HllSketch.heapify(sketch).getCompositeEstimate());
    }

    /** Bytes it takes at rest, about. */
    int weight() {
        return hashes.length * Long.BYTES + sketch.length;
    }

    void write(ByteSink out) {
        if (isExact()) {
            out.octet(EXACT).number(hashes.length);
            for (long hash : hashes) {
                out.fixed(hash);
            }
        } else {
            out.octet(SKETCH).block(sketch);
        }
    }

    static Distinct read(ByteSource in) {
        if (in.octet() == SKETCH) {
            return new Distinct(new long[0], in.block());
        }
        var hashes = new long[in.count()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = in.fixed();
        }
        return hashes.length == 0 ? NONE : new Distinct(hashes, new byte[0]);
    }

    private static Distinct sketched(HllSketch held, long[] added) {
        for (long hash : added) {
            held.update(hash);
        }
        return new Distinct(new long[0], held.toCompactByteArray());
    }

    private static long[] union(long[] one, long[] other) {
        var union = new long[one.length + other.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < other.length) {
            long least = Math.min(one[i], other[j]);
            i += one[i] == least ? 1 : 0;
            j += other[j] == least ? 1 : 0;
            union[size++] = least;
        }
        while (i < one.length) {
            union[size++] = one[i++];
        }
        while (j < other.length) {
            union[size++] = other[j++];
        }
        return size == one.length ? one : Arrays.copyOf(union, size);
    }
}
