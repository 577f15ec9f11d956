package riskcluster.actors.model;

import java.io.IOException;

/** One tree as XGBoost writes it: arrays with one element a node, the root first, -1 for no child. */
final class XgboostTree {
    private static final int NONE = -1;

    private final int number;
    private final JsonCursor.Place place;
    private int[] left = {};
    private int[] right = {};
    private int[] features = {};
    private int[] missingLeft = {};
    private int[] types = {};
    private float[] values = {};

    private XgboostTree(int number, JsonCursor.Place place) {
        this.number = number;
        this.place = place;
    }

    static XgboostTree read(int number, JsonCursor json) throws IOException, ModelFault {
        var tree = new XgboostTree(number, json.place());
        json.members("a tree", name -> {
            switch (name) {
                case "left_children" -> tree.left = json.integers(name);
                case "right_children" -> tree.right = json.integers(name);
                case "split_indices" -> tree.features = json.integers(name);
                case "default_left" -> tree.missingLeft = json.integers(name);
                case "split_type" -> tree.types = json.integers(name);
                case "split_conditions" -> tree.values = json.floats(name);
                default -> json.skip();
            }
        });
        tree.checkLengths();
        return tree;
    }

    /** How messages call a feature. */
    static String named(int feature) {
        return feature >= 0 && feature < FeatureVector.SIZE
                ? "\"" + FeatureVector.NAMES.get(feature) + "\""
                : String.valueOf(feature);
    }

    void write(ForestContent.Writer out) throws ModelFault {
        write(out, 0, 0);
    }

    private void write(ForestContent.Writer out, int node, int depth) throws ModelFault {
        if (node < 0 || node >= left.length) {
            throw fault("names a node " + node + " that it does not have", "nodes 0 to " + (left.length - 1));
        }
        if (depth > ForestContent.DEPTH_MAX) {
            throw fault("is too deep or goes round in a circle", "depth " + ForestContent.DEPTH_MAX);
        }
        if (out.nodes() == ForestContent.NODES_MAX) {
            throw fault("makes the model too large", ForestContent.NODES_MAX + " nodes in all trees");
        }
        if (left[node] == NONE) {
            if (!Float.isFinite(values[node])) {
                throw fault("has at node " + node + " the leaf " + values[node], "finite float32 numbers");
            }
            out.leaf(values[node]);
            return;
        }
        checkSplit(node);
        out.split(features[node], values[node], missingLeft[node] != 0);
        write(out, left[node], depth + 1);
        write(out, right[node], depth + 1);
    }

    private void checkSplit(int node) throws ModelFault {
        int feature = features[node];
        if (feature < 0 || feature >= FeatureVector.SIZE) {
            throw fault("splits at node " + node + " by feature " + feature, "0 to " + (FeatureVector.SIZE - 1));
        }
        if (types.length > 0 && types[node] != 0) {
            throw fault("splits at node " + node + " by categories of " + named(feature), "numerical splits");
        }
        if (!Float.isFinite(values[node])) {
            throw fault(
                    "has at node " + node + " the threshold " + values[node] + " of " + named(feature),
                    "finite float32 numbers");
        }
    }

    private void checkLengths() throws ModelFault {
        int nodes = left.length;
        if (nodes == 0
                || right.length != nodes
                || features.length != nodes
                || missingLeft.length != nodes
                || values.length != nodes
                || types.length != nodes && types.length != 0) {
            throw fault(
                    "lacks nodes",
                    "left_children, right_children, split_indices, split_conditions and default_left of one length;"
                            + " a leaf is one number");
        }
    }

    private ModelFault fault(String reason, String allowed) {
        return place.fault("tree " + number + " " + reason, allowed);
    }
}
