package riskcluster.actors.model;

import java.util.Random;

/** Trees and rows drawn by a seed, split and missing as a trained model's are. */
final class MadeUpForest {

    private static final int MISSING_ONE_IN = 20;
    private static final int EARLY_LEAF_ONE_IN = 8;
    private static final int DEPTH_OF_FIRST_LEAF = 3;

    private final Random random;

    MadeUpForest(long seed) {
        this.random = new Random(seed);
    }

    /** So many trees, each as deep as told at its deepest. */
    Forest forest(int trees, int depth) {
        var writer = new ForestContent.Writer(random.nextFloat() - 0.5f, trees);
        for (int tree = 0; tree < trees; tree++) {
            subtree(writer, depth);
        }
        return switch (ModelFile.stored(writer.content())) {
            case ModelReading.Ready(var forest) -> forest;
            case ModelReading.Refused refused -> throw new IllegalStateException(refused.toString());
        };
    }

    private void subtree(ForestContent.Writer writer, int left) {
        if (left == 0 || left <= DEPTH_OF_FIRST_LEAF && random.nextInt(EARLY_LEAF_ONE_IN) == 0) {
            writer.leaf(random.nextFloat() - 0.5f);
            return;
        }
        writer.split(random.nextInt(FeatureVector.SIZE), threshold(), random.nextBoolean());
        subtree(writer, left - 1);
        subtree(writer, left - 1);
    }

    /** Few different ones, so that rows often equal them. */
    private float threshold() {
        return random.nextInt(-64, 64) / 64f;
    }

    /** Vectors with values missing here and there. */
    float[][] rows(int number) {
        var rows = new float[number][FeatureVector.SIZE];
        for (var row : rows) {
            for (int feature = 0; feature < row.length; feature++) {
                row[feature] = random.nextInt(MISSING_ONE_IN) == 0 ? Float.NaN : threshold();
            }
        }
        return rows;
    }
}
