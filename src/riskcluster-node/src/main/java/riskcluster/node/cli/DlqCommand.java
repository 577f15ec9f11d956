package riskcluster.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import riskcluster.node.explain.NumberedError;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Rows;
import riskcluster.node.terminal.Screen;
import riskcluster.node.view.Coordinates;

/** {@code riskcluster dlq}: records that were rejected, as bronze has them whole, and a second try. */
@Command(
        name = "dlq",
        description = "Records that broke the data contract, from bronze.rejected, which has what the dead letter topic"
                + " has, whole and for longer. A record is there when its batch is committed.")
final class DlqCommand {

    private static final String SOURCE = "topic/partition/offset, as 'riskcluster dlq list' shows it.";
    private static final int LIST_MAX = 1_000;
    private static final int RETRIES_MAX = 100;

    private final Screen screen;

    DlqCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "list",
            description = "Lists rejected records, the newest first.",
            footer = {
                "",
                "Examples:",
                "  riskcluster dlq list",
                "  riskcluster dlq list --reason RC-1010 -n 100",
                "  riskcluster dlq list --partition 3 -o jsonl"
            })
    int list(
            @Mixin Connection connection,
            @Option(names = "--reason", paramLabel = "CODE", description = "Only those rejected for this reason.")
                    @Nullable
                    String reason,
            @Option(names = "--partition", paramLabel = "N", description = "Only those of this partition.") @Nullable
                    Integer partition,
            @Option(
                            names = "-n",
                            paramLabel = "COUNT",
                            description = "How many, 1 to 1000. Default: ${DEFAULT-VALUE}.",
                            defaultValue = "20")
                    int count) {
        if (count < 1 || count > LIST_MAX) {
            throw new CommandFailed(Exit.USAGE, "-n is " + count + ", allowed: 1 to " + LIST_MAX);
        }
        var sql = RejectedSql.list(reason, partition, count);
        var node = connection.open();
        new Printer(screen, connection.output()).printQuery(node.post("/v1/sql", body("sql", sql)));
        return Exit.FINE;
    }

    @Command(
            name = "show",
            description = "Shows one rejected record: its bytes, its headers, why it was rejected and what to do.",
            footer = {"", "Examples:", "  riskcluster dlq show transactions/3/1207"})
    int show(@Mixin Connection connection, @Parameters(paramLabel = "SOURCE", description = SOURCE) String source) {
        var coordinates = coordinates(source);
        var node = connection.open();
        new Printer(screen, connection.output()).print(rejected(node, coordinates), Rows.named("source"));
        return Exit.FINE;
    }

    @Command(
            name = "retry",
            description = {
                "Sends rejected records again: the original bytes, key and headers to the same partition of the input,"
                        + " with the header dq_retry_of. Of use when what refused them has changed: a rule of the"
                        + " contract, a schema that was missing, a sender's clock.",
                "Asks before it sends; where nobody can be asked it needs --yes. A record that was accepted before is a"
                        + " duplicate and changes nothing. Status 1 if one is rejected again."
            },
            footer = {
                "",
                "Examples:",
                "  riskcluster dlq retry --dry-run transactions/3/1207",
                "  riskcluster dlq retry --yes transactions/3/1207 transactions/5/88",
                "  riskcluster dlq list --reason RC-1003 -o name | xargs riskcluster dlq retry --yes"
            })
    int retry(
            @Mixin Connection connection,
            @Parameters(paramLabel = "SOURCE", arity = "1..*", description = SOURCE) List<String> sources,
            @Option(names = "--dry-run", description = "Show what would be sent, and send nothing.") boolean dryRun,
            @Mixin Yes yes) {
        var records = sources.stream().map(DlqCommand::coordinates).distinct().toList();
        if (records.size() > RETRIES_MAX) {
            throw new CommandFailed(
                    Exit.USAGE, records.size() + " records at once, allowed: " + RETRIES_MAX + "; send them in parts");
        }
        var node = connection.open();
        var printer = new Printer(screen, connection.output());
        if (dryRun) {
            var list = NodeClient.JSON.createArrayNode();
            records.forEach(each -> list.add(rejected(node, each)));
            printer.print(list, new Rows("", "source", Set.of("key", "value", "meaning", "remedy")));
            return Exit.FINE;
        }
        if (!yes.to("Send " + records.size() + " rejected records to the input again?", screen, "nothing is sent")) {
            return Exit.FINE;
        }
        return retry(node, records, printer);
    }

    private static int retry(NodeClient node, List<Coordinates> records, Printer printer) {
        var list = NodeClient.JSON.createArrayNode();
        var status = Exit.FINE;
        for (var record : records) {
            var row = list.addObject().put("retry_of", record.toString());
            try {
                var decision = node.post("/v1/dead-letters/retry", body("source", record.toString()));
                for (var field : List.of("source", "disposition", "band", "points", "reason", "detail")) {
                    if (decision.has(field)) {
                        row.set(field, decision.get(field));
                    }
                }
                status = decision.path("disposition").asText().equals("rejected") ? Exit.UNWELL : status;
            } catch (CommandFailed failed) {
                if (failed.status() == Exit.UNREACHABLE || records.size() == 1) {
                    throw failed;
                }
                row.put("disposition", "failed").put("detail", failed.getMessage());
                status = failed.status();
            }
        }
        printer.print(list, Rows.named("retry_of"));
        return status;
    }

    private static JsonNode rejected(NodeClient node, Coordinates source) {
        var rows = Printer.objects(node.post("/v1/sql", body("sql", RejectedSql.one(source))));
        if (rows.isEmpty()) {
            throw new CommandFailed(
                    Exit.UNWELL,
                    "there is no rejected record " + source
                            + "; it may have been accepted, or not be committed yet (see 'riskcluster dlq list')");
        }
        return RejectedSql.readable(rows.get(0), NumberedError::find);
    }

    private static Coordinates coordinates(String text) {
        return Coordinates.parse(text)
                .orElseThrow(() -> new CommandFailed(
                        Exit.USAGE,
                        "'" + text + "' are no coordinates of a record, allowed: topic/partition/offset, such as"
                                + " transactions/3/1207"));
    }

    private static byte[] body(String name, String value) {
        return NodeClient.JSON.valueToTree(Map.of(name, value)).toString().getBytes(StandardCharsets.UTF_8);
    }
}
