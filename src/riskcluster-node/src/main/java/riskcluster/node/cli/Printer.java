package riskcluster.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import riskcluster.node.terminal.Document;
import riskcluster.node.terminal.OutputFormat;
import riskcluster.node.terminal.Rows;
import riskcluster.node.terminal.Screen;
import riskcluster.node.terminal.TextTable;

/** Prints answers of a node: as aligned text for people, or as a document for programs. */
final class Printer {

    private final Screen screen;
    private final OutputFormat format;

    Printer(Screen screen, OutputFormat format) {
        this.screen = screen;
        this.format = format;
    }

    /** Any answer: an object's values first, then its lists as tables under their names. */
    void print(JsonNode answer) {
        print(answer, Rows.PLAIN);
    }

    /** The same, where it is known which part of it is the rows. */
    void print(JsonNode answer, Rows rows) {
        if (!format.isTable()) {
            printAll(Document.lines(answer, rows, format));
        } else if (answer.isArray()) {
            printAll(list(answer, rows.broad()));
        } else {
            printObject(answer, rows);
        }
    }

    /** Columns and rows of a query, and what they are of. */
    void printQuery(JsonNode answer) {
        if (format == OutputFormat.JSONL || format == OutputFormat.NAME) {
            printAll(Document.lines(objects(answer), Rows.PLAIN, format));
            return;
        }
        if (!format.isTable()) {
            printAll(Document.lines(answer, Rows.PLAIN, format));
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

    /** Rows by the names of their columns. */
    static ArrayNode objects(JsonNode answer) {
        var columns = answer.path("columns");
        var objects = NodeClient.JSON.createArrayNode();
        for (var row : answer.path("rows")) {
            var object = objects.addObject();
            for (var i = 0; i < columns.size(); i++) {
                object.set(columns.get(i).asText(), row.path(i));
            }
        }
        return objects;
    }

    private void printObject(JsonNode answer, Rows rows) {
        var values = new TextTable(List.of());
        var lists = new ArrayList<String>();
        answer.properties().forEach(field -> {
            if (!field.getValue().isArray()) {
                values.row(List.of(words(field.getKey()), text(field.getValue())));
            } else if (!field.getValue().isEmpty()) {
                lists.add("");
                lists.add(words(field.getKey()) + ":");
                lists.addAll(list(field.getValue(), rows.broad()));
            }
        });
        printAll(values.lines());
        printAll(lists);
    }

    private List<String> list(JsonNode array, Set<String> broad) {
        var names = new LinkedHashSet<String>();
        array.forEach(row -> row.properties().stream()
                .filter(field -> format == OutputFormat.WIDE
                        || !field.getValue().isContainerNode() && !broad.contains(field.getKey()))
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
