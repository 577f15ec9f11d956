package riskcluster.actors.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ForestTest {
    /** 20 trees and 700 vectors by {@code train.py} of the end-to-end tests, with what XGBoost 3.2.0 itself predicts. */
    private static final Path GOLDEN = Path.of("src/test/resources/model");

    @Test
    void itAnswersAsXgboostDoes() throws IOException {
        var forest = golden();
        var rows = Vectors.rows(GOLDEN.resolve("rows.f32"));
        var predicted = Vectors.values(GOLDEN.resolve("predicted.f32"));

        assertThat(rows).hasDimensions(700, FeatureVector.SIZE);
        for (int row = 0; row < rows.length; row++) {
            assertThat(forest.probability(rows[row])).as("row %d", row).isCloseTo(predicted[row], within(1e-6));
        }
    }

    @Test
    void theSameForestIsReadFromItsContent() throws IOException {
        var forest = golden();

        var again = ready(ModelFile.stored(forest.content()));

        assertThat(again.version()).isEqualTo(forest.version()).matches("[0-9a-f]{64}");
        assertThat(again.content()).isEqualTo(forest.content());
        for (var row : Vectors.rows(GOLDEN.resolve("rows.f32"))) {
            assertThat(again.probability(row)).isEqualTo(forest.probability(row));
        }
    }

    @Test
    void contentThatIsCutOrLongerIsRefused() throws IOException {
        var content = golden().content();

        for (int length : new int[] {0, 3, 12, 13, 14, 20, content.length - 1, content.length + 1}) {
            assertThat(ModelFile.stored(Arrays.copyOf(content, length)))
                    .as("%d of %d bytes", length, content.length)
                    .isInstanceOf(ModelReading.Refused.class);
        }
    }

    @Test
    void whatEqualsTheThresholdGoesToTheRightAndBothZerosAreEqual() {
        var forest = oneSplit(0.0f, false);

        assertThat(forest.margin(all(-Float.MIN_VALUE))).isEqualTo(-1);
        assertThat(forest.margin(all(-0.0f))).isEqualTo(2);
        assertThat(forest.margin(all(0.0f))).isEqualTo(2);
        assertThat(forest.margin(all(Float.NEGATIVE_INFINITY))).isEqualTo(-1);
        assertThat(forest.margin(all(Float.POSITIVE_INFINITY))).isEqualTo(2);
        assertThat(oneSplit(-3.5f, false).margin(all(-3.6f))).isEqualTo(-1);
        assertThat(oneSplit(-3.5f, false).margin(all(-3.4f))).isEqualTo(2);
        assertThat(oneSplit(Float.MAX_VALUE, false).margin(all(-Float.MAX_VALUE)))
                .isEqualTo(-1);
    }

    @Test
    void aMissingValueGoesWhereTheNodeSays() {
        assertThat(oneSplit(7, true).margin(all(Float.NaN))).isEqualTo(-1);
        assertThat(oneSplit(7, false).margin(all(Float.NaN))).isEqualTo(2);
    }

    @Test
    void treesOfDifferentDepthAreWalkedToTheirLeaves() {
        var writer = new ForestContent.Writer(0.5f, 9);
        for (int tree = 0; tree < 9; tree++) {
            for (int depth = 0; depth < tree; depth++) {
                writer.split(14, depth, false);
                writer.leaf(1 << depth);
            }
            writer.leaf(1 << tree);
        }
        var forest = ready(ModelFile.stored(writer.content()));

        assertThat(forest.margin(all(-1))).isEqualTo(9.5f);
        assertThat(forest.margin(all(100))).isEqualTo(511.5f);
    }

    private static Forest oneSplit(float threshold, boolean missingLeft) {
        var writer = new ForestContent.Writer(0, 1);
        writer.split(3, threshold, missingLeft);
        writer.leaf(-1);
        writer.leaf(2);
        return ready(ModelFile.stored(writer.content()));
    }

    private static float[] all(float value) {
        var features = new float[FeatureVector.SIZE];
        Arrays.fill(features, value);
        return features;
    }

    private static Forest golden() {
        return ready(ModelFile.read(GOLDEN.resolve("model.json")));
    }

    private static Forest ready(ModelReading reading) {
        return switch (reading) {
            case ModelReading.Ready(var forest) -> forest;
            case ModelReading.Refused refused -> throw new AssertionError(refused.toString());
        };
    }
}
