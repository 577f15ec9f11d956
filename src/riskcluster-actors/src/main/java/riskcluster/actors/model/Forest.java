package riskcluster.actors.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Boosted trees over the feature vector, laid out flat: one {@code long} a node, the two children of a node beside each
 * other. Immutable to all who use it.
 *
 * <p>A node is, from the top: where in the row of keys its feature stands (5 bits), its threshold as a number that sorts
 * as the {@code float32} does (32 bits), and the index of the right child, behind which is the left one. A key is made
 * in the same way, with all ones in place of the index, so that the sign of their difference says which child is next:
 * no part of the two has to be taken out first. A leaf is its own child and nothing is below its threshold, so that a
 * walk has as many steps as the tree is deep and not one branch that a processor could guess wrong; eight trees are
 * walked at once, because one walk is a chain of loads that wait for each other.
 */
public final class Forest {
    /** Trees walked at once; their number is filled up with trees that add nothing. */
    static final int ABREAST = 8;

    /** Where in the row of keys those stand of which a missing value goes to the left. */
    static final int MISSING_LEFT = 16;

    private static final int INDEX_BITS = 27;
    private static final int PLACE_SHIFT = INDEX_BITS + Integer.SIZE;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;
    private static final int ROW = 1 << (Long.SIZE - PLACE_SHIFT);
    /** A row for each thread: one for each record would be a twentieth of all that a node allocates. */
    private static final ThreadLocal<long[]> ROWS = ThreadLocal.withInitial(() -> new long[ROW]);

    private static final int BELOW_ALL = 0;
    private static final int ABOVE_ALL = -1;

    private final byte[] content;
    private final String version;
    final float baseMargin;
    private final long[] nodes;
    private final float[] leaves;
    private final int[] roots;
    final int[] depths;

    /**
     * Takes what is given.
     *
     * @param nodes as many as a power of two, so that an index masked is in the array and need not be checked
     * @param leaves the value of each leaf at its node's index
     * @param roots index of each tree's root, as many as can be walked {@link #ABREAST}
     * @param depths the steps from the root to the deepest leaf, for every {@link #ABREAST} trees
     */
    Forest(byte[] content, float baseMargin, long[] nodes, float[] leaves, int[] roots, int[] depths) {
        this.content = content;
        this.version = digest(content);
        this.baseMargin = baseMargin;
        this.nodes = nodes;
        this.leaves = leaves;
        this.roots = roots;
        this.depths = depths;
    }

    /** SHA-256 of the content, lower-case hex. */
    public String version() {
        return version;
    }

    /** All of the model in its one canonical form, from which it is read again. */
    public byte[] content() {
        return content.clone();
    }

    /**
     * The probability that a model of objective {@code binary:logistic} gives.
     *
     * @param features as {@link FeatureVector} says; NaN = missing
     * @return in [0, 1], the same on every machine
     */
    public double probability(float[] features) {
        return 1 / (1 + StrictMath.exp(-(double) margin(features)));
    }

    /** The sum of the leaves and of the base, in {@code float32} and in the order of the trees, as XGBoost adds them. */
    float margin(float[] features) {
        var row = ROWS.get();
        keys(features, row);
        float margin = baseMargin;
        for (int group = 0; group < depths.length; group++) {
            margin = walk(row, group, margin);
        }
        return margin;
    }

    /** The margin and the leaves of {@link #ABREAST} trees, added in their order. */
    float walk(long[] row, int group, float margin) {
        // Locals: what stands in a field costs the loop a register, and there are none to spare.
        var at = nodes;
        var leaf = leaves;
        var root = roots;
        int first = group * ABREAST;
        int a = root[first];
        int b = root[first + 1];
        int c = root[first + 2];
        int d = root[first + 3];
        int e = root[first + 4];
        int f = root[first + 5];
        int g = root[first + 6];
        int h = root[first + 7];
        for (int depth = depths[group]; depth > 0; depth--) {
            a = next(row, at[a & at.length - 1]);
            b = next(row, at[b & at.length - 1]);
            c = next(row, at[c & at.length - 1]);
            d = next(row, at[d & at.length - 1]);
            e = next(row, at[e & at.length - 1]);
            f = next(row, at[f & at.length - 1]);
            g = next(row, at[g & at.length - 1]);
            h = next(row, at[h & at.length - 1]);
        }
        int mask = leaf.length - 1;
        return margin
                + leaf[a & mask]
                + leaf[b & mask]
                + leaf[c & mask]
                + leaf[d & mask]
                + leaf[e & mask]
                + leaf[f & mask]
                + leaf[g & mask]
                + leaf[h & mask];
    }

    /** The index of the next node, with bits of the threshold left above it. */
    private static int next(long[] row, long node) {
        return (int) node + (int) ((row[(int) (node >>> PLACE_SHIFT)] - node) >>> (Long.SIZE - 1));
    }

    static long[] keys(float[] features) {
        var row = new long[ROW];
        keys(features, row);
        return row;
    }

    private static void keys(float[] features, long[] row) {
        for (int i = 0; i < FeatureVector.SIZE; i++) {
            float value = features[i];
            boolean missing = Float.isNaN(value);
            row[i] = word(i, missing ? ABOVE_ALL : key(value), INDEX_MASK);
            row[i + MISSING_LEFT] = word(i + MISSING_LEFT, missing ? BELOW_ALL : key(value), INDEX_MASK);
        }
    }

    /** An inner node whose right child has the index {@code right}, its left one the next. */
    static long split(int feature, boolean missingLeft, float threshold, int right) {
        return word(missingLeft ? feature + MISSING_LEFT : feature, key(threshold), right);
    }

    /** The leaf of this index: every key at its place is at or above its own. */
    static long leaf(int index) {
        return word(0, BELOW_ALL, index);
    }

    private static long word(int place, int key, long index) {
        return (long) place << PLACE_SHIFT | Integer.toUnsignedLong(key) << INDEX_BITS | index;
    }

    /** An unsigned integer for each number that is not NaN, in the same order; both zeros have the same. */
    private static int key(float value) {
        int bits = Float.floatToRawIntBits(value + 0.0f);
        return bits ^ (bits >> (Integer.SIZE - 1) | Integer.MIN_VALUE);
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
