package riskcluster.actors.policy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import riskcluster.actors.model.Forest;
import riskcluster.actors.model.ModelFile;
import riskcluster.actors.model.ModelReading;

/**
 * The member {@code model} of a rule file: the name of a model file where a person writes it, the model's content where it
 * is stored, so that a policy decides alike on a node that has no such file, and whatever becomes of the file.
 */
final class ModelMember {
    private static final String MODEL = "model";
    private static final String FOREST = "forest";
    private static final String ALLOWED =
            "the name of a JSON file that XGBoost's save_model wrote, in a rule file; or {\"" + FOREST
                    + "\": content in base64}, as a policy is stored";

    private ModelMember() {}

    /** The rule file with the content of the model file that it names, relative to {@code folder}. */
    static Json withContent(Json file, Path folder) throws Json.Fault {
        if (!(file instanceof Json.Members(var place, var members))
                || !(members.get(MODEL) instanceof Json.Text(var at, var name))) {
            return file;
        }
        var forest = forest(folder, at, name);
        var content = Base64.getEncoder().encodeToString(forest.content());
        var more = new LinkedHashMap<>(members);
        more.put(MODEL, new Json.Members(at, Map.of(FOREST, new Json.Text(at, content))));
        return new Json.Members(place, more);
    }

    /** The model of a rule file that holds its content; empty where the file has none. */
    static Optional<Forest> read(Members file) throws Json.Fault {
        if (!file.has(MODEL)) {
            return Optional.empty();
        }
        if (!file.isObject(MODEL)) {
            throw file.fault(MODEL, "\"" + MODEL + "\" names no file that could be read from here", ALLOWED);
        }
        var member = file.members(MODEL);
        var text = member.text(FOREST);
        member.nothingElse();
        try {
            return switch (ModelFile.stored(Base64.getDecoder().decode(text))) {
                case ModelReading.Ready(var forest) -> Optional.of(forest);
                case ModelReading.Refused refused -> throw file.fault(MODEL, refused.reason(), refused.allowed());
            };
        } catch (IllegalArgumentException e) {
            throw file.fault(MODEL, "\"" + FOREST + "\" is not base64", ALLOWED);
        }
    }

    private static Forest forest(Path folder, Json.Place at, String name) throws Json.Fault {
        try {
            var file = folder.resolve(name);
            return switch (ModelFile.read(file)) {
                case ModelReading.Ready(var forest) -> forest;
                case ModelReading.Refused(var line, var column, var reason, var allowed) ->
                    throw new Json.Fault(file.toString(), new Json.Place(line, column), reason, allowed);
            };
        } catch (InvalidPathException e) {
            throw new Json.Fault(at, "\"" + MODEL + "\" is no name of a file", ALLOWED);
        }
    }
}
