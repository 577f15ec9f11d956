package riskcluster.actors.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Boosted trees over the feature vector, laid out flat: one {@code long} a node, the two children of a node beside each
 * other. Immutable to all who use it.
 *
 * <p>The upper half of a node is its threshold as an integer that sorts as the {@code float32} does, or the leaf's value.
 * The lower half is, from the top: where in the row of keys its feature stands (5 bits), 1 for an inner node and 0 for a
 * leaf, and the index of the right child (26 bits), behind which is the left one. A leaf is its own child, so that a
 * walk has as many steps as the tree is deep and not one branch that a processor could guess wrong; eight trees are
 * walked at once, because one walk is a chain of loads that wait for each other.
 */
public final class Forest {
    /** Trees walked at once; their number is filled up with trees that add nothing. */
    static final int ABREAST = 8;

    static final int INDEX_BITS = 26;
    static final int FEATURE_SHIFT = INDEX_BITS + 1;
    /** Where in the row of keys those stand of which a missing value goes to the left. */
    static final int MISSING_LEFT = 16;

    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final int ROW = 1 << (Integer.SIZE - FEATURE_SHIFT);
    private static final long BELOW_ALL = Long.MIN_VALUE >> 1;
    private static final long ABOVE_ALL = Long.MAX_VALUE >> 1;

    private final byte[] content;
    private final String version;
    final float baseMargin;
    private final long[] nodes;
    private final int[] roots;
    final int[] depths;

    /**
     * Takes what is given.
     *
     * @param roots index of each tree's root, as many as can be walked {@link #ABREAST}
     * @param depths the steps from the root to the deepest leaf, for every {@link #ABREAST} trees
     */
    Forest(byte[] content, float baseMargin, long[] nodes, int[] roots, int[] depths) {
        this.content = content;
        this.version = digest(content);
        this.baseMargin = baseMargin;
        this.nodes = nodes;
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
        var row = keys(features);
        float margin = baseMargin;
        for (int group = 0; group < depths.length; group++) {
            margin = walk(row, group, margin);
        }
        return margin;
    }

    /** The margin and the leaves of {@link #ABREAST} trees, added in their order. */
    float walk(long[] row, int group, float margin) {
        int first = group * ABREAST;
        int a = roots[first];
        int b = roots[first + 1];
        int c = roots[first + 2];
        int d = roots[first + 3];
        int e = roots[first + 4];
        int f = roots[first + 5];
        int g = roots[first + 6];
        int h = roots[first + 7];
        for (int depth = depths[group]; depth > 0; depth--) {
            a = next(row, nodes[a]);
            b = next(row, nodes[b]);
            c = next(row, nodes[c]);
            d = next(row, nodes[d]);
            e = next(row, nodes[e]);
            f = next(row, nodes[f]);
            g = next(row, nodes[g]);
            h = next(row, nodes[h]);
        }
        return margin + leaf(a) + leaf(b) + leaf(c) + leaf(d) + leaf(e) + leaf(f) + leaf(g) + leaf(h);
    }

    private static int next(long[] row, long node) {
        int low = (int) node;
        int isBelow = (int) ((row[low >>> FEATURE_SHIFT] - (node >> Integer.SIZE)) >>> (Long.SIZE - 1));
        return (low & INDEX_MASK) + (isBelow & low >>> INDEX_BITS);
    }

    private float leaf(int index) {
        return Float.intBitsToFloat((int) (nodes[index] >> Integer.SIZE));
    }

    static long[] keys(float[] features) {
        var row = new long[ROW];
        for (int i = 0; i < FeatureVector.SIZE; i++) {
            float value = features[i];
            boolean missing = Float.isNaN(value);
            row[i] = missing ? ABOVE_ALL : key(value);
            row[i + MISSING_LEFT] = missing ? BELOW_ALL : key(value);
        }
        return row;
    }

    /** An integer for each number that is not NaN, in the same order; both zeros have the same. */
    static int key(float value) {
        int bits = Float.floatToRawIntBits(value + 0.0f);
        return bits ^ bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE;
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
