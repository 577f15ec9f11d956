package riskcluster.actors.model;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The canonical form of a model: {@code RCF1}, the feature vector's version (1 byte), the base margin ({@code float32}), the
 * number of trees (4 bytes), then every tree's nodes, each before its left and that before its right subtree. A node is
 * one byte and one {@code float32}, all big-endian: {@link #LEAF} and the leaf's value, or the feature's place in the
 * vector, plus {@link #MISSING_LEFT} where a missing value goes to the left, and the threshold.
 */
final class ForestContent {
    static final int TREES_MAX = 10_000;
    static final int NODES_MAX = 1 << 20;
    static final int DEPTH_MAX = 32;

    private static final byte[] MAGIC = "RCF1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = MAGIC.length + 1 + 4 + 4;
    private static final int NODE_BYTES = 5;
    private static final int LEAF = 0xff;
    private static final int MISSING_LEFT = 0x10;

    private final byte[] content;
    private final ByteBuffer in;
    private final int room;
    private final long[] nodes;
    private final float[] leaves;
    private int end;

    private ForestContent(byte[] content) {
        this.content = content;
        this.in = ByteBuffer.wrap(content);
        // one more: the leaf of the trees that fill up
        this.room = Math.max(0, (content.length - HEADER_BYTES) / NODE_BYTES) + 1;
        int length = Integer.highestOneBit(2 * room - 1);
        this.nodes = new long[length];
        this.leaves = new float[length];
    }

    /** Writes one model; what is written must keep the limits above. */
    static final class Writer {
        private ByteBuffer out = ByteBuffer.allocate(1 << 12);
        private int nodes;

        Writer(float baseMargin, int trees) {
            out.put(MAGIC)
                    .put((byte) FeatureVector.VERSION)
                    .putFloat(baseMargin)
                    .putInt(trees);
        }

        /** How many nodes were written. */
        int nodes() {
            return nodes;
        }

        void leaf(float value) {
            node(LEAF, value);
        }

        /** The next is the left child with all below it, then the right one. */
        void split(int feature, float threshold, boolean missingLeft) {
            node(missingLeft ? feature | MISSING_LEFT : feature, threshold);
        }

        private void node(int kind, float value) {
            if (out.remaining() < NODE_BYTES) {
                out = ByteBuffer.allocate(2 * out.capacity()).put(out.flip());
            }
            out.put((byte) kind).putFloat(value);
            nodes++;
        }

        byte[] content() {
            return Arrays.copyOf(out.array(), out.position());
        }
    }

    static Forest read(byte[] content) throws ModelFault {
        try {
            return new ForestContent(content).forest();
        } catch (BufferUnderflowException e) {
            throw fault("it ends in the middle");
        }
    }

    private Forest forest() throws ModelFault {
        var magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw fault("it does not begin with RCF1");
        }
        int features = in.get();
        if (features != FeatureVector.VERSION) {
            throw fault("it is for version " + features + " of the feature vector");
        }
        float baseMargin = finite(in.getFloat(), "the base margin");
        int trees = in.getInt();
        if (trees < 1 || trees > TREES_MAX || room - 1 > NODES_MAX) {
            throw fault("it has " + trees + " trees and " + (room - 1) + " nodes");
        }
        int groups = (trees + Forest.ABREAST - 1) / Forest.ABREAST;
        var roots = new int[groups * Forest.ABREAST];
        var depths = new int[groups];
        for (int tree = 0; tree < trees; tree++) {
            int root = end++;
            int depth = subtree(root, 0);
            roots[tree] = root;
            depths[tree / Forest.ABREAST] = Math.max(depths[tree / Forest.ABREAST], depth);
        }
        if (in.hasRemaining()) {
            throw fault("it goes on behind its last tree");
        }
        leaf(end, 0);
        Arrays.fill(roots, trees, roots.length, end);
        return new Forest(content.clone(), baseMargin, nodes, leaves, roots, depths);
    }

    /** Puts the next node and all below it, and answers how deep that goes. */
    private int subtree(int index, int above) throws ModelFault {
        int kind = in.get() & 0xff;
        float value = finite(in.getFloat(), "a node's value");
        if (kind == LEAF) {
            leaf(index, value);
            return 0;
        }
        int feature = kind & ~MISSING_LEFT;
        if (feature >= FeatureVector.SIZE || above == DEPTH_MAX || end + 2 > room) {
            throw fault("it has a node of feature " + feature + " at depth " + above);
        }
        int right = end;
        end += 2;
        nodes[index] = Forest.split(feature, kind != feature, value, right);
        return 1 + Math.max(subtree(right + 1, above + 1), subtree(right, above + 1));
    }

    private void leaf(int index, float value) {
        nodes[index] = Forest.leaf(index);
        leaves[index] = value;
    }

    private static float finite(float value, String what) throws ModelFault {
        if (!Float.isFinite(value)) {
            throw fault(what + " is " + value);
        }
        return value;
    }

    private static ModelFault fault(String reason) {
        return new ModelFault(0, 0, "a stored model cannot be read: " + reason, "the content as it was stored");
    }
}
