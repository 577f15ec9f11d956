package riskcluster.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import riskcluster.node.terminal.Access;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Context;
import riskcluster.node.terminal.Contexts;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Rows;
import riskcluster.node.terminal.Screen;
import riskcluster.node.terminal.Target;
import riskcluster.node.terminal.TextTable;

/** {@code riskcluster context}: nodes under names, and which of them is asked. Asks no node. */
@Command(
        name = "context",
        description = "Nodes under names, and which of them is asked where nothing else is said. Kept in"
                + " riskcluster/contexts.json below $XDG_CONFIG_HOME, else below ~/.config.")
final class ContextCommand {

    private static final String OPERATOR = "Its operators' interface; of several nodes with commas: the first is asked,"
            + " and by 'log tail' all are.";
    private static final String NAME = "What it is called.";

    private final Screen screen;

    ContextCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "add",
            description = "Keeps the addresses of a node under a name.",
            footer = {
                "",
                "Examples:",
                "  riskcluster context add prod --node http://127.0.0.1:18080 --operator 10.0.0.5:9110 --use",
                "  riskcluster context add prod --replace --operator 10.0.0.5:9110,10.0.0.6:9110,10.0.0.7:9110",
                "  riskcluster context add prod --replace --token-file ~/prod.token --ca ~/prod-ca.crt"
            })
    int add(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--node", paramLabel = "URL", description = "Its HTTP interface.") @Nullable String node,
            @Option(names = "--operator", paramLabel = "HOST:PORT", description = OPERATOR) @Nullable String operator,
            @Option(
                            names = "--token-file",
                            paramLabel = "FILE",
                            description = "File with the token that is shown to it.")
                    @Nullable
                    Path tokenFile,
            @Option(
                            names = "--ca",
                            paramLabel = "FILE",
                            description = "Certificate (PEM) of the authority that it is known by; its operators'"
                                    + " interface is then asked by TLS.")
                    @Nullable
                    Path ca,
            @Option(names = "--replace", description = "Change the one of this name; what is not given stays.")
                    boolean replace,
            @Option(names = "--use", description = "Make it the current one too.") boolean use) {
        if (node == null && operator == null && !(replace && (tokenFile != null || ca != null))) {
            throw new CommandFailed(Exit.USAGE, "give --node URL, --operator HOST:PORT, or both");
        }
        var contexts = Contexts.read();
        var before = contexts.find(name);
        if (before.isPresent() && !replace) {
            throw new CommandFailed(Exit.USAGE, "there is a context '" + name + "' already; change it with --replace");
        }
        var added = contexts.with(new Context(
                name,
                Optional.ofNullable(node).or(() -> before.flatMap(Context::node)),
                Optional.ofNullable(operator).or(() -> before.flatMap(Context::operator)),
                access(tokenFile, ca, before.map(Context::access).orElse(Access.NONE))));
        (use ? added.using(name) : added).write();
        screen.out().println("context '" + name + "' is kept" + (use ? " and current" : hint(name)));
        return Exit.FINE;
    }

    private static String hint(String name) {
        return "; make it the current one with 'riskcluster context use " + name + "'";
    }

    private static Access access(@Nullable Path tokenFile, @Nullable Path ca, Access before) {
        return new Access(
                file("--token-file", tokenFile).or(before::tokenFile),
                file("--ca", ca).or(before::authority));
    }

    /** Kept in full: the commands that need it are typed elsewhere. */
    private static Optional<Path> file(String option, @Nullable Path told) {
        return Optional.ofNullable(told).map(file -> {
            if (!Files.isReadable(file)) {
                throw new CommandFailed(Exit.USAGE, option + " is " + file + ", allowed: a file that can be read");
            }
            return file.toAbsolutePath();
        });
    }

    @Command(
            name = "use",
            description = "Makes a context the current one.",
            footer = {"", "Examples:", "  riskcluster context use prod"})
    int use(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        Contexts.read().using(name).write();
        screen.out().println("context '" + name + "' is current");
        return Exit.FINE;
    }

    @Command(
            name = "remove",
            description = "Forgets a context.",
            footer = {"", "Examples:", "  riskcluster context remove prod"})
    int remove(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        Contexts.read().without(name).write();
        screen.out().println("context '" + name + "' is forgotten");
        return Exit.FINE;
    }

    @Command(
            name = "ls",
            description = {
                "Lists the contexts, and tells which node is asked now and what said so.",
                "An option (--node, --context, HOST:PORT) wins over the environment (RISKCLUSTER_NODE,"
                        + " RISKCLUSTER_OPERATOR, RISKCLUSTER_CONTEXT), that over the current context, that over the"
                        + " default: the running dev, else this machine's usual ports."
            },
            footer = {
                "",
                "Examples:",
                "  riskcluster context ls",
                "  riskcluster context ls --context prod",
                "  riskcluster context ls -o name"
            })
    int list(
            @Option(names = "--context", paramLabel = "NAME", description = "Tell what this option would do.") @Nullable
                    String context,
            @Mixin Output output) {
        var contexts = Contexts.read();
        var target = Target.of(Optional.ofNullable(context));
        var answer = NodeClient.JSON.createObjectNode();
        var list = answer.putArray("contexts");
        for (var each : contexts.all()) {
            list.addObject()
                    .put("name", each.name())
                    .put(
                            "current",
                            contexts.current().filter(each.name()::equals).isPresent())
                    .put("node", each.node().orElse(null))
                    .put("operator", each.operator().orElse(null))
                    .put("token_file", path(each.access().tokenFile()))
                    .put("ca", path(each.access().authority()));
        }
        var asked = answer.putArray("asked");
        asked(asked.addObject(), "http", () -> target.node(Optional.empty()));
        asked(asked.addObject(), "operator", target::operator);
        if (output.format().isTable()) {
            table(contexts, answer.path("asked")).forEach(screen.out()::println);
        } else {
            new Printer(screen, output.format()).print(answer, Rows.in("contexts", "name"));
        }
        return Exit.FINE;
    }

    private static @Nullable String path(Optional<Path> file) {
        return file.map(Path::toString).orElse(null);
    }

    /** What is wrong with an address is told in its place: the list is there to find it out. */
    private static void asked(ObjectNode row, String door, Supplier<? extends Target.Told<?>> told) {
        row.put("interface", door);
        try {
            var address = told.get();
            row.put("address", address.address().toString()).put("by", address.by());
        } catch (CommandFailed failed) {
            row.put("address", "none").put("by", failed.getMessage());
        }
    }

    private static List<String> table(Contexts contexts, JsonNode asked) {
        var lines = new java.util.ArrayList<String>();
        var table = new TextTable(List.of("current", "name", "node", "operator"));
        for (var each : contexts.all()) {
            table.row(List.of(
                    contexts.current()
                            .filter(each.name()::equals)
                            .map(name -> "*")
                            .orElse(""),
                    each.name(),
                    each.node().orElse(""),
                    each.operator().orElse("")));
        }
        lines.addAll(
                contexts.all().isEmpty()
                        ? List.of("no contexts; add one with 'riskcluster context add'")
                        : table.lines());
        lines.add("");
        var now = new TextTable(List.of("interface", "asked now", "said by"));
        asked.forEach(each -> now.row(List.of(
                each.path("interface").asText(),
                each.path("address").asText(),
                each.path("by").asText())));
        lines.addAll(now.lines());
        return lines;
    }
}
