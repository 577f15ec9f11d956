package riskcluster.node.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows under headings, aligned with spaces: numbers to the right, texts to the left, nothing at line ends. */
public final class TextTable {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9,]*(\\.[0-9]+)?");
    /** Senders choose merchants and ids; what would move the cursor of a terminal is shown as a mark. */
    private static final Pattern CONTROL =
            Pattern.compile("\\p{Cntrl}|[\\u0080-\\u009f\\u202a-\\u202e\\u2066-\\u2069]");

    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(List<String> headings) {
        this.headings = headings;
    }

    public TextTable row(List<String> cells) {
        rows.add(cells.stream().map(TextTable::harmless).toList());
        return this;
    }

    /** A text without anything that a terminal would obey. */
    public static String harmless(String text) {
        return CONTROL.matcher(text).replaceAll("\uFFFD");
    }

    public List<String> lines() {
        var lines = new ArrayList<String>();
        if (!headings.isEmpty()) {
            lines.add(line(headings.stream().map(TextTable::harmless).toList()));
        }
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        var line = new StringBuilder();
        for (var i = 0; i < cells.size(); i++) {
            var padding = " ".repeat(Math.max(0, width(i) - cells.get(i).length()));
            line.append(i == 0 ? "" : GAP);
            line.append(isNumeric(i) ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        var width = headings.isEmpty() ? 0 : headings.get(column).length();
        for (var row : rows) {
            width = Math.max(width, row.get(column).length());
        }
        return width;
    }

    private boolean isNumeric(int column) {
        return !headings.isEmpty()
                && !rows.isEmpty()
                && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
    }
}
