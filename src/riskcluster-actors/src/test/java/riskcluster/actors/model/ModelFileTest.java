package riskcluster.actors.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {
    private static final String NAMES = "[\"" + String.join("\",\"", FeatureVector.NAMES) + "\"]";
    private static final String SMALL = """
        {"learner":{"feature_names":%s,"feature_types":[],
        "gradient_booster":{"model":{"tree_info":[0],"trees":[
        {"default_left":[1,0,0],"left_children":[1,-1,-1],"right_children":[2,-1,-1],"split_conditions":[2.5E1,-1,2],
        "split_indices":[7,0,0],"split_type":[0,0,0]}
        ]},"name":"gbtree"},
        "learner_model_param":{"base_score":"[5E-1]","num_class":"0","num_feature":"15","num_target":"1"},
        "objective":{"name":"binary:logistic"}},"version":[3,2,0]}
        """.formatted(NAMES);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aSmallModelIsRead() throws IOException {
        assertThat(read(SMALL)).isInstanceOfSatisfying(ModelReading.Ready.class, ready -> {
            var features = new float[FeatureVector.SIZE];
            assertThat(ready.forest().margin(features)).isEqualTo(-1);
            features[7] = 25;
            assertThat(ready.forest().margin(features)).isEqualTo(2);
            features[7] = Float.NaN;
            assertThat(ready.forest().margin(features)).isEqualTo(-1);
        });
    }

    @Test
    void formsOfOlderLibrariesAreReadToo() throws IOException {
        var modern = ready(read(SMALL));
        var old = SMALL.replace("[5E-1]", "5E-1")
                .replace("[1,0,0]", "[true,false,false]")
                .replace(NAMES, "[]");

        assertThat(ready(read(old)).version()).isEqualTo(modern.version());
    }

    @Test
    void theBaseScoreIsAProbability() throws IOException {
        var forest = ready(read(SMALL.replace("[5E-1]", "[2E-1]")));

        assertThat(forest.margin(new float[FeatureVector.SIZE])).isEqualTo((float) (-1 + Math.log(0.25)));
    }

    /** What is replaced, by what, and where and how the file is then refused. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "count_1d","avg_1d"        | "avg_1d","count_1d"   | 1:29 | feature 7 is "avg_1d" where the vector has "count_1d"
        ,"seconds_since_previous"  | `` | 1:29 | feature 14 is nothing where the vector has "seconds_since_previous"
        "seconds_since_previous"   | "seconds_since_previous","age" | 1:29 | feature 15 is "age" where the vector has nothing
        "feature_types":[]         | "feature_types":["float","c"] | 1: | feature "hour" is categorical
        "num_feature":"15"         | "num_feature":"14"    | 6:76 | the model has 14 features
        "num_class":"0"            | "num_class":"3"       | 6:58 | the model has 3 classes
        "num_target":"1"           | "num_target":"2"      | 6:94 | the model has 2 targets
        [5E-1]                     | [0]                   | 6:37 | "base_score" is [0]
        [5E-1]                     | [1E-1,2E-1]           | 6:37 | "base_score" is [1E-1,2E-1]
        binary:logistic            | reg:squarederror      | 7:21 | the objective is "reg:squarederror"
        "gbtree"                   | "dart"                | 5:11 | the booster is "dart"
        2.5E1                      | NaN                   | 3:1  | tree 0 has at node 0 the threshold NaN of "count_1d"
        2.5E1                      | 1E39                  | 3:1  | tree 0 has at node 0 the threshold Infinity of "count_1d"
        2.5E1                      | "many"                | 3:   | "split_conditions" holds many
        ,-1,2]                     | ,-1,-Infinity]        | 3:1  | tree 0 has at node 2 the leaf -Infinity
        "split_indices":[7         | "split_indices":[15   | 3:1  | tree 0 splits at node 0 by feature 15
        "split_type":[0            | "split_type":[1       | 3:1  | tree 0 splits at node 0 by categories of "count_1d"
        "left_children":[1         | "left_children":[0    | 3:1  | tree 0 is too deep or goes round in a circle
        "left_children":[1         | "left_children":[5    | 3:1  | tree 0 names a node 5 that it does not have
        "default_left":[1,0,0]     | "default_left":[1,0]  | 3:1  | tree 0 lacks nodes
        "base_score":"[5E-1]",     | ``                    | 1:1  | lacks learner.learner_model_param.base_score
        "version":[3,2,0]}         | `"version":[3,2,0]`   | 8:   | not JSON
        """)
    void aFileThatDoesNotFitIsRefusedWithPlaceAndFeature(String old, String now, String place, String reason)
            throws IOException {
        assertThat(SMALL).contains(old);

        assertThat(read(SMALL.replace(old, now))).isInstanceOfSatisfying(ModelReading.Refused.class, refused -> {
            assertThat(refused.reason()).contains(reason);
            assertThat(refused.line() + ":" + refused.column()).startsWith(place);
            assertThat(refused.allowed()).isNotBlank();
        });
    }

    @Test
    void aFileThatIsNotThereOrNoJsonIsRefused() throws IOException {
        assertThat(ModelFile.read(folder.resolve("none.json"))).isInstanceOf(ModelReading.Refused.class);
        assertThat(ModelFile.read(folder)).isInstanceOf(ModelReading.Refused.class);
        assertThat(read("{L\0\0\0\0")).isInstanceOf(ModelReading.Refused.class);
        assertThat(read("")).isInstanceOf(ModelReading.Refused.class);
        assertThat(read("[]")).isInstanceOf(ModelReading.Refused.class);
    }

    private ModelReading read(String text) throws IOException {
        return ModelFile.read(Files.writeString(folder.resolve("model.json"), text));
    }

    private static Forest ready(ModelReading reading) {
        return switch (reading) {
            case ModelReading.Ready(var forest) -> forest;
            case ModelReading.Refused refused -> throw new AssertionError(refused.toString());
        };
    }
}
