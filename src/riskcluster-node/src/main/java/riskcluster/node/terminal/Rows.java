package riskcluster.node.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Where the rows of an answer stand, and what each is called.
 *
 * @param list the field that holds them; empty: the answer itself is a list, or is the one row
 * @param name the field that a row is called by; empty: the first
 * @param broad fields that only a wide table shows
 */
public record Rows(String list, String name, Set<String> broad) {

    /** A list, or one thing, called by its first field. */
    public static final Rows PLAIN = new Rows("", "", Set.of());

    public Rows {
        broad = Set.copyOf(broad);
    }

    /** The answer itself is a list or one thing; each is called by this field. */
    public static Rows named(String name) {
        return new Rows("", name, Set.of());
    }

    /** The rows stand in this field. */
    public static Rows in(String list, String name) {
        return new Rows(list, name, Set.of());
    }

    /**
     * Rows of an answer of which nothing is known: its first list of objects, called by their addresses where they have
     * some.
     */
    public static Rows guess(JsonNode answer) {
        var list = answer.properties().stream()
                .filter(field ->
                        field.getValue().isArray() && field.getValue().path(0).isObject())
                .findFirst();
        var rows = new Rows(list.map(field -> field.getKey()).orElse(""), "", Set.of());
        var addressed = rows.of(answer).stream().anyMatch(row -> row.has("address"));
        return addressed ? new Rows(rows.list(), "address", Set.of()) : rows;
    }

    List<JsonNode> of(JsonNode answer) {
        var rows = list.isEmpty() ? answer : answer.path(list);
        return rows.isArray() ? StreamSupport.stream(rows.spliterator(), false).toList() : List.of(rows);
    }

    String name(JsonNode row) {
        if (!row.isObject()) {
            return row.asText();
        }
        return Optional.of(row.path(name))
                .filter(JsonNode::isValueNode)
                .or(() -> row.properties().stream().findFirst().map(field -> field.getValue()))
                .map(JsonNode::asText)
                .orElse("");
    }
}
