package riskcluster.node.bench;

import java.io.PrintStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Measured figures by name, in the order in which they are told; a name ends with its unit. */
public final class Figures {

    private static final String MARK = "figure ";

    /** By the end of a name; the first that fits counts. */
    private static final Map<String, String> UNITS = units();

    private final Map<String, Double> values = new LinkedHashMap<>();

    /** Adds one, or replaces it. */
    public Figures put(String name, double value) {
        values.put(name, value);
        return this;
    }

    /** Adds all of another run, or replaces them. */
    Figures putAll(Figures others) {
        values.putAll(others.values);
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
        return Collections.unmodifiableMap(values);
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

    /** The unit that the figure of this name has; {@code count} for what is counted. */
    static String unit(String name) {
        return UNITS.entrySet().stream()
                .filter(unit -> ("_" + name).endsWith(unit.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("count");
    }

    private static Map<String, String> units() {
        var units = new LinkedHashMap<String, String>();
        units.put("_records_per_second", "records/s");
        units.put("_mb_per_second_of_cpu", "MB/s of CPU");
        units.put("_mb_per_second", "MB/s");
        units.put("_us_per_record", "µs/record");
        units.put("_bytes_per_customer", "bytes/customer");
        units.put("_bytes", "bytes");
        units.put("_kb", "kB");
        units.put("_mb", "MB");
        units.put("_mib", "MiB");
        units.put("_ns", "ns");
        units.put("_ms", "ms");
        units.put("_s", "s");
        units.put("_seconds", "s");
        units.put("_percent", "%");
        units.put("_share", "ratio");
        units.put("_over_calm_p99", "ratio");
        units.put("_load_before", "load");
        units.put("_load_after", "load");
        return units;
    }

    void print(PrintStream out) {
        values.forEach((name, value) -> out.printf(Locale.ROOT, "  %-34s %,16.2f%n", name, value));
    }
}
