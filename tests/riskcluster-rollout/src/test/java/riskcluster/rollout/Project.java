package riskcluster.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of this project, and the tools that may be there to read them. */
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
        return JsonSchemaFactory.getInstance(version).getSchema(schema).validate(document).stream()
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

    /** A program of this machine, where it is installed. */
    static Optional<Path> program(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a program said on both its streams, and its exit status. */
    record Answer(int status, String text) {}

    /** Runs a program and waits for its end. */
    static Answer run(ProcessBuilder program) throws IOException, InterruptedException {
        var process = program.redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), said);
    }

    static Answer run(String... command) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command).directory(ROOT.toFile()));
    }
}
