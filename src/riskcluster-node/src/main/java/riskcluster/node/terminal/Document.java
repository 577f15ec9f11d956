package riskcluster.node.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** An answer as lines for programs, in every form that is no table. */
public final class Document {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Document() {}

    /**
     * The lines.
     *
     * @throws IllegalArgumentException where the format is a table
     */
    public static List<String> lines(JsonNode answer, Rows rows, OutputFormat format) {
        return switch (format) {
            case JSON -> pretty(answer).lines().toList();
            case JSONL -> rows.of(answer).stream().map(JsonNode::toString).toList();
            case YAML -> yaml(answer).lines().toList();
            case NAME ->
                rows.of(answer).stream()
                        .map(rows::name)
                        .map(TextTable::harmless)
                        .toList();
            case TABLE, WIDE -> throw new IllegalArgumentException(format + " is laid out, not written");
        };
    }

    /** One piece of an answer without an end. */
    public static Stream<String> piece(JsonNode piece, OutputFormat format) {
        return switch (format) {
            case JSON, JSONL -> Stream.of(piece.toString());
            case YAML -> Stream.concat(Stream.of("---"), yaml(piece).lines());
            case NAME, TABLE, WIDE -> lines(piece, Rows.guess(piece), format).stream();
        };
    }

    private static String pretty(JsonNode answer) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }

    private static String yaml(JsonNode answer) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(options).dump(JSON.convertValue(answer, Object.class));
    }
}
