package riskcluster.node.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Measured figures by name, in the order in which they are told; a name ends with its unit. */
final class Figures {

    private static final String MARK = "figure ";

    private final Map<String, Double> values = new LinkedHashMap<>();

    Figures put(String name, double value) {
        values.put(name, value);
        return this;
    }

    double value(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the run has not told " + name + ", but " + values);
        }
        return value;
    }

    Map<String, Double> all() {
        return Map.copyOf(values);
    }

    /** Tells them to whoever reads this process' output. */
    void tell(PrintStream out) {
        values.forEach((name, value) -> out.println(MARK + name + " " + value));
    }

    /** Hears what another process has told; other lines are passed over. */
    static Figures heard(Stream<String> lines) {
        var figures = new Figures();
        lines.filter(line -> line.startsWith(MARK)).forEach(line -> {
            var words = line.substring(MARK.length()).split(" ");
            figures.put(words[0], Double.parseDouble(words[1]));
        });
        return figures;
    }

    void print(PrintStream out) {
        values.forEach((name, value) -> out.printf(Locale.ROOT, "  %-34s %,16.2f%n", name, value));
    }
}
