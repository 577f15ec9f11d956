package riskcluster.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import riskcluster.programs.PythonEnvironment;

/**
 * One query of one panel of a dashboard.
 *
 * @param dashboard its title, and that of the panel after it
 */
record Panel(String dashboard, String title, String query) {

    private static final Path DASHBOARDS = PythonEnvironment.project(Path.of("telemetry/dashboards"));

    /** All of them. */
    static List<Panel> all() throws IOException {
        var all = new ArrayList<Panel>();
        try (var files = Files.newDirectoryStream(DASHBOARDS, "*.json")) {
            for (var file : files) {
                var dashboard = new ObjectMapper().readTree(file.toFile());
                for (var panel : dashboard.path("panels")) {
                    for (var target : panel.path("targets")) {
                        all.add(new Panel(text(dashboard, "title"), text(panel, "title"), text(target, "expr")));
                    }
                }
            }
        }
        return all;
    }

    private static String text(JsonNode of, String name) {
        return of.path(name).asText();
    }
}
