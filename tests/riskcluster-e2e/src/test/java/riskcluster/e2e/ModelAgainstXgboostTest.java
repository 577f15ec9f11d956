package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.model.FeatureVector;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.actors.policy.PolicyReading;
import riskcluster.programs.PythonEnvironment;

/** A policy's model, held against the library that trained it. */
class ModelAgainstXgboostTest {
    private static final Path TRAIN =
            PythonEnvironment.project(Path.of("tests/riskcluster-e2e/src/test/resources/forest/train.py"));
    private static final int ROWS = 100_000;
    private static final double APART_MAX = 1e-6;

    @Test
    void aHundredThousandVectorsAreAnsweredAsByXgboostItself(@TempDir Path folder) throws IOException {
        var said =
                PythonEnvironment.ready().run(TRAIN.toString(), folder.toString(), Integer.toString(ROWS), "100", "6");
        assertThat(said.status()).as(said.text()).isZero();
        var policy = policy(folder);
        var vectors = floats(folder.resolve("rows.f32"));
        var predicted = floats(folder.resolve("predicted.f32"));
        assertThat(predicted.remaining()).isEqualTo(ROWS);
        assertThat(vectors.remaining()).isEqualTo(ROWS * FeatureVector.SIZE);

        double apart = 0;
        double least = 1;
        double greatest = 0;
        var vector = new float[FeatureVector.SIZE];
        for (int row = 0; row < ROWS; row++) {
            vectors.get(vector);
            double probability = policy.probability(vector);
            apart = Math.max(apart, Math.abs(probability - predicted.get(row)));
            least = Math.min(least, probability);
            greatest = Math.max(greatest, probability);
        }

        assertThat(apart).as(said.text()).isLessThanOrEqualTo(APART_MAX);
        assertThat(least).isLessThan(0.05); // a model that says something
        assertThat(greatest).isGreaterThan(0.95);
    }

    private static Policy policy(Path folder) throws IOException {
        var rules = folder.resolve("rules.json");
        Files.writeString(rules, "{\"name\":\"forest\",\"rules\":[],\"model\":\"model.json\"}");
        return switch (PolicyFile.read(rules)) {
            case PolicyReading.Ready(var policy) -> policy;
            case PolicyReading.Refused refused -> throw new AssertionError(refused.message());
        };
    }

    private static FloatBuffer floats(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }
}
