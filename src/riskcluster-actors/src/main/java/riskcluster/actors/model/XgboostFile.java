package riskcluster.actors.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON that XGBoost's {@code Booster.save_model} writes, as far as it concerns us. What the file says of itself must
 * fit our vector: a model of other features would answer, and be wrong.
 */
final class XgboostFile {
    private static final String OBJECTIVE = "binary:logistic";
    private static final String BOOSTER = "gbtree";

    private final JsonCursor json;
    private final List<XgboostTree> trees = new ArrayList<>();
    private Optional<Float> baseMargin = Optional.empty();
    private boolean featuresCounted;
    private boolean objectiveKnown;
    private boolean boosterKnown;

    private XgboostFile(JsonCursor json) {
        this.json = json;
    }

    /** The canonical content of the model. */
    static byte[] contentOf(InputStream in) throws IOException, ModelFault {
        try (var json = new JsonCursor(in)) {
            var file = new XgboostFile(json);
            json.whole("the model file", name -> {
                if (name.equals("learner")) {
                    json.members(name, file::learner);
                } else {
                    json.skip();
                }
            });
            return file.content();
        }
    }

    private byte[] content() throws ModelFault {
        if (!objectiveKnown || !boosterKnown || !featuresCounted || baseMargin.isEmpty() || trees.isEmpty()) {
            throw new ModelFault(
                    1,
                    1,
                    "the model file lacks " + missing(),
                    "a booster of " + OBJECTIVE + " and " + BOOSTER + " as save_model writes it");
        }
        var out = new ForestContent.Writer(baseMargin.get(), trees.size());
        for (var tree : trees) {
            tree.write(out);
        }
        return out.content();
    }

    private String missing() {
        return !objectiveKnown
                ? "learner.objective.name"
                : !boosterKnown
                        ? "learner.gradient_booster.name"
                        : !featuresCounted
                                ? "learner.learner_model_param.num_feature"
                                : baseMargin.isEmpty() ? "learner.learner_model_param.base_score" : "trees";
    }

    private void learner(String name) throws IOException, ModelFault {
        switch (name) {
            case "feature_names" -> featureNames();
            case "feature_types" -> featureTypes();
            case "gradient_booster" -> json.members(name, this::booster);
            case "learner_model_param" -> json.members(name, this::parameter);
            case "objective" -> json.members(name, this::objective);
            default -> json.skip();
        }
    }

    private void featureNames() throws IOException, ModelFault {
        var place = json.place();
        var names = json.words("feature_names");
        if (names.isEmpty()) {
            return; // trained without names: the count and the order are all there is
        }
        var vector = "version " + FeatureVector.VERSION + " of the feature vector, in order: "
                + String.join(", ", FeatureVector.NAMES);
        for (int i = 0; i < Math.max(names.size(), FeatureVector.SIZE); i++) {
            var wanted = i < FeatureVector.SIZE ? "\"" + FeatureVector.NAMES.get(i) + "\"" : "nothing";
            var found = i < names.size() ? "\"" + names.get(i) + "\"" : "nothing";
            if (!wanted.equals(found)) {
                throw place.fault("feature " + i + " is " + found + " where the vector has " + wanted, vector);
            }
        }
    }

    private void featureTypes() throws IOException, ModelFault {
        var place = json.place();
        var types = json.words("feature_types");
        int category = types.indexOf("c");
        if (category >= 0) {
            throw place.fault("feature " + XgboostTree.named(category) + " is categorical", "numerical features");
        }
    }

    private void objective(String name) throws IOException, ModelFault {
        if (!name.equals("name")) {
            json.skip();
            return;
        }
        must("objective", OBJECTIVE);
        objectiveKnown = true;
    }

    private void parameter(String name) throws IOException, ModelFault {
        switch (name) {
            case "base_score" -> baseMargin = Optional.of(baseMargin());
            case "num_feature" -> {
                int features = json.integer(name);
                if (features != FeatureVector.SIZE) {
                    throw json.fault(
                            "the model has " + features + " features",
                            "the " + FeatureVector.SIZE + " of the feature vector: "
                                    + String.join(", ", FeatureVector.NAMES));
                }
                featuresCounted = true;
            }
            case "num_class" -> atMostOne("classes");
            case "num_target" -> atMostOne("targets");
            default -> json.skip();
        }
    }

    /** The base score is a probability; since version 3.1 it is written as a list of one. */
    private float baseMargin() throws IOException, ModelFault {
        var word = json.word("base_score");
        var number = word.startsWith("[") && word.endsWith("]") ? word.substring(1, word.length() - 1) : word;
        try {
            float score = Float.parseFloat(number);
            if (score > 0 && score < 1) {
                return (float) -StrictMath.log(1.0f / score - 1.0f);
            }
        } catch (NumberFormatException e) {
            throw json.fault("\"base_score\" is " + word, "a probability");
        }
        throw json.fault("\"base_score\" is " + word, "a probability above 0 and below 1");
    }

    private void atMostOne(String what) throws IOException, ModelFault {
        int count = json.integer(what);
        if (count > 1) {
            throw json.fault("the model has " + count + " " + what, "one");
        }
    }

    private void booster(String name) throws IOException, ModelFault {
        switch (name) {
            case "name" -> {
                must("booster", BOOSTER);
                boosterKnown = true;
            }
            case "model" -> json.members(name, this::model);
            default -> json.skip();
        }
    }

    private void model(String name) throws IOException, ModelFault {
        if (!name.equals("trees")) {
            json.skip();
            return;
        }
        json.elements(name, () -> {
            if (trees.size() == ForestContent.TREES_MAX) {
                throw json.fault("there are too many trees", ForestContent.TREES_MAX + " trees");
            }
            trees.add(XgboostTree.read(trees.size(), json));
        });
    }

    private void must(String what, String wanted) throws IOException, ModelFault {
        var found = json.word(what);
        if (!found.equals(wanted)) {
            throw json.fault("the " + what + " is \"" + found + "\"", wanted);
        }
    }
}
