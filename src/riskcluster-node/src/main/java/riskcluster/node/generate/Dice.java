package riskcluster.node.generate;

/**
 * A seeded stream of numbers that is the same on every machine and every Java: SplitMix64 (Steele, Lea, Flood 2014),
 * and nothing from {@code Math} that may differ in its last bit.
 */
final class Dice {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    Dice(long seed) {
        state = mix(seed);
    }

    long next() {
        return mix(state += GOLDEN);
    }

    /** In [0, 1). */
    double unit() {
        return unit(next());
    }

    /** In [0, bound). */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** In [from, to]. */
    int between(int from, int to) {
        return from + below(to - from + 1);
    }

    /** About standard normal. */
    double normal() {
        return normal(next());
    }

    /** A number that depends on all three and on nothing else: a habit needs no memory. */
    static long hash(long seed, long who, long what) {
        return mix(mix(seed + who * GOLDEN) ^ (what * 0xD6E8FEB86659FD93L));
    }

    static double unit(long bits) {
        return (bits >>> 11) * UNIT;
    }

    /** In [0, bound). */
    static int below(long bits, int bound) {
        return (int) (((bits >>> 32) * bound) >>> 32);
    }

    /** About standard normal, from the sum of four uniform numbers: never beyond 3.5, so no amount is absurd. */
    static double normal(long bits) {
        var sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum - 2.0 * 0xFFFF) / (0xFFFF * 0.57735026918962576);
    }

    static long mix(long value) {
        var z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
