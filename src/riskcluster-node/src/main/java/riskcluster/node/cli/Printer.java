package riskcluster.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.StreamSupport;
import riskcluster.node.terminal.Screen;
import riskcluster.node.terminal.TextTable;

/** Prints answers of a node: as aligned text for people, or as JSON for programs. */
final class Printer {

    private final Screen screen;
    private final OutputFormat format;

    Printer(Screen screen, OutputFormat format) {
        this.screen = screen;
        this.format = format;
    }

    /** Any answer: an object's values first, then its lists as tables under their names. */
    void print(JsonNode answer) {
        if (format == OutputFormat.JSON) {
            printJson(answer);
        } else if (answer.isArray()) {
            printAll(list(answer));
        } else {
            printObject(answer);
        }
    }

    /** Columns and rows of a query, and what they are of. */
    void printQuery(JsonNode answer) {
        if (format == OutputFormat.JSON) {
            printJson(answer);
            return;
        }
        var table = new TextTable(texts(answer.path("columns")));
        answer.path("rows").forEach(row -> table.row(texts(row)));
        printAll(table.lines());
        var rows = answer.path("rows").size();
        screen.out()
                .println((rows == 1 ? "1 row" : rows + " rows")
                        + (answer.path("cut").asBoolean() ? ", more were cut" : "") + ", batch "
                        + answer.path("batch").asText());
    }

    private void printJson(JsonNode answer) {
        try {
            screen.out()
                    .println(NodeClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }

    private void printObject(JsonNode answer) {
        var values = new TextTable(List.of());
        var lists = new ArrayList<String>();
        answer.properties().forEach(field -> {
            if (!field.getValue().isArray()) {
                values.row(List.of(words(field.getKey()), text(field.getValue())));
            } else if (!field.getValue().isEmpty()) {
                lists.add("");
                lists.add(words(field.getKey()) + ":");
                lists.addAll(list(field.getValue()));
            }
        });
        printAll(values.lines());
        printAll(lists);
    }

    private static List<String> list(JsonNode array) {
        var names = new LinkedHashSet<String>();
        array.forEach(row -> row.properties().stream()
                .filter(field -> !field.getValue().isContainerNode())
                .forEach(field -> names.add(field.getKey())));
        if (names.isEmpty()) {
            return texts(array).stream().map(TextTable::harmless).toList();
        }
        var table = new TextTable(names.stream().map(Printer::words).toList());
        array.forEach(row -> table.row(names.stream()
                .map(name -> row.has(name) ? text(row.get(name)) : "")
                .toList()));
        return table.lines();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(Printer::text)
                .toList();
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private static String words(String name) {
        return name.replace('_', ' ');
    }

    private void printAll(List<String> lines) {
        lines.forEach(screen.out()::println);
    }
}
