package riskcluster.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import riskcluster.programs.Program;

/** The files of this project, and what programs say of them. */
final class Project {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of(System.getProperty("riskcluster.root"));

    private Project() {}

    static Path file(String path) {
        return ROOT.resolve(path);
    }

    static String text(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files below a folder whose names end so. */
    static List<Path> files(String folder, String ending) {
        try (var files = Files.walk(file(folder))) {
            return files.filter(each -> each.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a YAML text. */
    static List<JsonNode> yaml(String text) {
        var reader = new Yaml(new SafeConstructor(new LoaderOptions()));
        return StreamSupport.stream(reader.loadAll(text).spliterator(), false)
                .<JsonNode>map(JSON::valueToTree)
                .toList();
    }

    static JsonNode json(String path) {
        try {
            return JSON.readTree(text(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What of a document its schema does not allow. */
    static List<String> violations(JsonNode schema, SpecVersion.VersionFlag version, JsonNode document) {
        // by its own name alone it would be looked for elsewhere
        var nameless = ((ObjectNode) schema.deepCopy()).without("$id");
        return JsonSchemaFactory.getInstance(version).getSchema(nameless).validate(document).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** Everything that stands in a text as often as it does, by its first group. */
    static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** Runs a program from the project's own folder and waits for its end. */
    static Program.Answer run(String... command) throws IOException {
        return Program.run(ROOT, List.of(command));
    }
}
