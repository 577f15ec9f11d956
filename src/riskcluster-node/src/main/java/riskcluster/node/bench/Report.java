package riskcluster.node.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a bench measured, with what a reader must know to judge it, for a JSON file: {@code docs/performance.md}. */
public final class Report {

    private static final String UNKNOWN = "unknown";

    private final String command;
    private final Map<String, Object> settings;
    private final Map<String, Object> machine = Machine.facts();
    private final String at =
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    private final List<Run> runs = new ArrayList<>();

    private record Run(String title, Map<String, Measured> figures) {}

    private record Measured(double value, String unit) {}

    /**
     * Of a bench that begins now.
     *
     * @param command as it is typed
     * @param settings with the defaults that were not typed
     */
    public Report(String command, Map<String, Object> settings) {
        this.command = command;
        this.settings = settings;
    }

    /** Takes the figures of one run up and prints them. */
    public void add(String title, Figures figures) {
        System.out.println(title);
        figures.print(System.out);
        var measured = new LinkedHashMap<String, Measured>();
        figures.all().forEach((name, value) -> measured.put(name, new Measured(value, Figures.unit(name))));
        runs.add(new Run(title, measured));
    }

    /** Writes all that was taken up. */
    public void write(Path file) throws IOException {
        var content = new LinkedHashMap<String, Object>();
        content.put("command", command);
        content.put("at", at);
        content.put("commit", commit());
        content.put("settings", settings);
        content.put("machine", machine);
        content.put("runs", runs);
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), content);
    }

    /** The commit of the working tree that the launcher started, marked where files differ from it. */
    private static String commit() throws IOException {
        var home = System.getProperty("riskcluster.home");
        if (home == null) {
            return UNKNOWN;
        }
        Process git;
        try {
            git = new ProcessBuilder(
                            "git", "-C", home, "describe", "--always", "--dirty", "--abbrev=12", "--exclude", "*")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) { // an image has no git, and no history either
            return UNKNOWN;
        }
        try (var said = git.inputReader(StandardCharsets.UTF_8)) {
            var line = said.readLine();
            return line == null ? UNKNOWN : line;
        }
    }
}
