package riskcluster.actors.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.model.FeatureVector;
import riskcluster.contracts.ledger.StoredPolicy;

class ModelMemberTest {
    private static final String RULES = "{\"name\":\"a\",\"rules\":[],\"model\":\"model.json\"}";
    private static final float[] VECTOR = new float[FeatureVector.SIZE];

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void aModelBesideTheRules() throws IOException {
        Files.copy(Path.of("src/test/resources/model/model.json"), folder.resolve("model.json"));
    }

    @Test
    void withoutAModelThereIsNoProbability() {
        assertThat(PolicyFile.bundled("default").model()).isEmpty();
        assertThat(PolicyFile.bundled("default").probability(VECTOR)).isNaN();
    }

    @Test
    void whatIsStoredIsEnoughToDecideAlikeWithoutTheFile() throws IOException {
        var policy = ready(read(RULES));
        Files.delete(folder.resolve("model.json"));

        var again = ready(Policy.of(policy.stored()));

        assertThat(policy.probability(VECTOR)).isBetween(0.0, 1.0);
        assertThat(again.probability(VECTOR)).isEqualTo(policy.probability(VECTOR));
        assertThat(again.version()).isEqualTo(policy.version());
        assertThat(again.stored()).isEqualTo(policy.stored());
        assertThat(again).hasToString(policy.toString());
    }

    @Test
    void theVersionIsOfTheModelsContentAndNotOfItsNameOrForm() throws IOException {
        var policy = ready(read(RULES));
        var text = Files.readString(folder.resolve("model.json"));
        Files.writeString(folder.resolve("other.json"), text.replace(",", " ,\n"));
        var same = ready(read(RULES.replace("model.json", "other.json")));
        Files.writeString(folder.resolve("model.json"), text.replace("\"base_score\":\"[5", "\"base_score\":\"[4"));
        var other = ready(read(RULES));
        var none = ready(read("{\"name\":\"a\",\"rules\":[]}"));

        assertThat(same.version()).isEqualTo(policy.version());
        assertThat(other.version()).isNotEqualTo(policy.version());
        assertThat(none.version()).isNotEqualTo(policy.version());
    }

    @Test
    void aSchemaRegistryLeavesTheModelInPlace() throws IOException {
        var policy = ready(read(RULES));

        var with = policy.withSchemaRegistry(true);

        assertThat(with.probability(VECTOR)).isEqualTo(policy.probability(VECTOR));
        assertThat(ready(Policy.of(with.stored())).version()).isEqualTo(with.version());
        assertThat(with.withSchemaRegistry(false).version()).isEqualTo(policy.version());
    }

    @Test
    void aModelOfOtherFeaturesIsRefusedWithItsFilePlaceAndFeature() throws IOException {
        var text = Files.readString(folder.resolve("model.json"));
        Files.writeString(folder.resolve("model.json"), text.replace("\"avg_7d\"", "\"avg_14d\""));

        assertThat(read(RULES))
                .isInstanceOfSatisfying(
                        PolicyReading.Refused.class,
                        refused -> assertThat(refused.message())
                                .startsWith(folder.resolve("model.json") + ":1:")
                                .contains("feature 10 is \"avg_14d\" where the vector has \"avg_7d\""));
    }

    @Test
    void aStoredPolicyNamesNoFile() {
        assertThat(Policy.of(new StoredPolicy("0".repeat(64), RULES)))
                .isInstanceOfSatisfying(
                        PolicyReading.Refused.class,
                        refused -> assertThat(refused.message()).contains("names no file"));
    }

    @Test
    void alteredContentIsRefused() throws IOException {
        var content = ready(read(RULES)).stored().content();

        for (var altered : new String[] {
            content.replace("\"forest\":\"UkNG", "\"forest\":\"UkNH"),
            content.replace("\"forest\":\"UkNG", "\"forest\":\"****"),
            content.replace("\"forest\"", "\"wood\"")
        }) {
            assertThat(altered).isNotEqualTo(content);
            assertThat(read(altered)).isInstanceOf(PolicyReading.Refused.class);
        }
    }

    private PolicyReading read(String text) throws IOException {
        return PolicyFile.read(Files.writeString(folder.resolve("rules.json"), text));
    }

    private static Policy ready(PolicyReading reading) {
        return switch (reading) {
            case PolicyReading.Ready(var policy) -> policy;
            case PolicyReading.Refused refused -> throw new AssertionError(refused.message());
        };
    }
}
