package riskcluster.actors.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A forest answers, to the last bit, what walking its trees one by one and comparing floats does. */
class RandomForestsTest {

    private static final int ROWS = 300;
    private static final float[] SPECIAL = {
        Float.NaN,
        0.0f,
        -0.0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY
    };

    /** A leaf has no children. */
    private record Node(
            int feature,
            float value,
            boolean missingLeft,
            @Nullable Node left,
            @Nullable Node right) {

        float answer(float[] row) {
            if (left == null || right == null) {
                return value;
            }
            float asked = row[feature];
            boolean goesLeft = Float.isNaN(asked) ? missingLeft : asked < value;
            return (goesLeft ? left : right).answer(row);
        }

        void write(ForestContent.Writer writer) {
            if (left == null || right == null) {
                writer.leaf(value);
                return;
            }
            writer.split(feature, value, missingLeft);
            left.write(writer);
            right.write(writer);
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aForestAnswersWhatItsTreesDoOneByOne(long seed) {
        var random = new Random(seed);
        float base = number(random);
        List<Node> trees = new ArrayList<>();
        int number = 1 + random.nextInt(40);
        for (int tree = 0; tree < number; tree++) {
            trees.add(tree(random, random.nextInt(9)));
        }
        var writer = new ForestContent.Writer(base, number);
        trees.forEach(tree -> tree.write(writer));
        var forest = ready(writer.content());

        for (int i = 0; i < ROWS; i++) {
            var row = row(random);
            float margin = base;
            for (var tree : trees) {
                margin += tree.answer(row);
            }
            assertThat(Float.floatToRawIntBits(forest.margin(row)))
                    .as("row %d: %s", i, List.of(row))
                    .isEqualTo(Float.floatToRawIntBits(margin));
        }
    }

    private static Node tree(Random random, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return new Node(0, number(random), false, null, null);
        }
        float threshold = random.nextInt(5) == 0 ? finite(random) : number(random);
        return new Node(
                random.nextInt(FeatureVector.SIZE),
                threshold,
                random.nextBoolean(),
                tree(random, depth - 1),
                tree(random, depth - 1));
    }

    /** Few different ones, so that rows often equal thresholds. */
    private static float number(Random random) {
        return random.nextInt(-8, 8) / 4f;
    }

    private static float finite(Random random) {
        return SPECIAL[1 + random.nextInt(SPECIAL.length - 3)];
    }

    private static float[] row(Random random) {
        var row = new float[FeatureVector.SIZE];
        for (int i = 0; i < row.length; i++) {
            row[i] = random.nextInt(3) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : number(random);
        }
        return row;
    }

    private static Forest ready(byte[] content) {
        return switch (ModelFile.stored(content)) {
            case ModelReading.Ready(var forest) -> forest;
            case ModelReading.Refused refused -> throw new AssertionError(refused.toString());
        };
    }
}
