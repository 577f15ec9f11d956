package riskcluster.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Rows;
import riskcluster.node.terminal.Screen;

/** {@code riskcluster maintenance}: how fit the tables are, and what was done about it. */
@Command(name = "maintenance", description = "How fit the tables are to be read, and what was done about it.")
final class MaintenanceCommand {

    private static final byte[] NOTHING = {'{', '}'};

    private final Screen screen;

    MaintenanceCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "status",
            description = "Shows files, manifests, snapshots and metadata of every table.",
            footer = {"", "Examples:", "  riskcluster maintenance status", "  riskcluster maintenance status -o json"})
    int status(@Mixin Connection connection) {
        ask(connection, "tables", node -> node.get("/v1/maintenance"));
        return Exit.FINE;
    }

    @Command(
            name = "run",
            description = {
                "Does now what is due, without waiting for the next look; more that is due goes on by itself.",
                "Status 1 if something failed."
            },
            footer = {"", "Examples:", "  riskcluster maintenance run"})
    int run(@Mixin Connection connection) {
        JsonNode done = ask(connection, "runs", node -> node.post("/v1/maintenance/run", NOTHING));
        boolean failed = StreamSupport.stream(done.path("runs").spliterator(), false)
                .anyMatch(run -> run.path("outcome").asText().equals("failed"));
        return failed ? Exit.UNWELL : Exit.FINE;
    }

    @Command(
            name = "history",
            description = "Shows what was done, the newest first.",
            footer = {
                "",
                "Examples:",
                "  riskcluster maintenance history",
                "  riskcluster maintenance history --last 100"
            })
    int history(
            @Mixin Connection connection,
            @Option(
                            names = "--last",
                            paramLabel = "N",
                            description = "How many, 1 to 500. Default: ${DEFAULT-VALUE}.",
                            defaultValue = "20")
                    int last) {
        ask(connection, "runs", node -> node.get("/v1/maintenance/history?last=" + last));
        return Exit.FINE;
    }

    private JsonNode ask(Connection connection, String rows, Function<NodeClient, JsonNode> question) {
        var node = connection.open();
        var answer = question.apply(node);
        new Printer(screen, connection.output()).print(answer, Rows.in(rows, "table"));
        return answer;
    }
}
