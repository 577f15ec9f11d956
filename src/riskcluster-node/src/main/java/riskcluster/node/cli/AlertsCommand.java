package riskcluster.node.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import riskcluster.node.terminal.AlertLine;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Document;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OutputFormat;
import riskcluster.node.terminal.Screen;
import riskcluster.node.terminal.TextTable;

/** Follows the alert topic. */
@Command(name = "alerts", description = "Alerts as they are published.")
final class AlertsCommand {

    private final Screen screen;

    AlertsCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "tail",
            description = "Prints alerts, each once, until Ctrl-C.",
            footer = {
                "",
                "Examples:",
                "  riskcluster alerts tail",
                "  riskcluster alerts tail --from-start -n 10 -o json"
            })
    int tail(
            @Mixin Connection connection,
            @Option(names = "--from-start", description = "Begin with the oldest alert instead of the next one.")
                    boolean fromStart,
            @Option(names = "-n", paramLabel = "COUNT", description = "End after so many alerts.", defaultValue = "0")
                    long count) {
        var node = connection.open();
        try (var in = node.follow("/v1/alerts?from=" + (fromStart ? "start" : "now"));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            var printed = 0L;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    print(line, connection.output());
                    printed++;
                }
                if (count > 0 && printed >= count) {
                    return Exit.FINE;
                }
            }
        } catch (IOException e) {
            throw stopped(e);
        }
        throw stopped(null);
    }

    private static CommandFailed stopped(@Nullable IOException cause) {
        var sentence = "the node stopped; start it again with 'riskcluster dev'";
        return cause == null
                ? new CommandFailed(Exit.UNREACHABLE, sentence)
                : new CommandFailed(Exit.UNREACHABLE, sentence, cause);
    }

    private void print(String line, OutputFormat format) throws IOException {
        if (format == OutputFormat.JSON || format == OutputFormat.JSONL) {
            screen.out().println(line);
            return;
        }
        var alert = NodeClient.JSON.readTree(line);
        switch (format) {
            case NAME ->
                screen.out()
                        .println(TextTable.harmless(alert.path("transaction_id").asText()));
            case YAML -> Document.piece(alert, format).forEach(screen.out()::println);
            default -> screen.out().println(AlertLine.of(alert));
        }
    }
}
