package riskcluster.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import riskcluster.node.bench.BenchCommand;
import riskcluster.node.bench.RehearseCommand;
import riskcluster.node.fault.KillTestCommand;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Screen;

/**
 * Every command by its name. Only the one that is asked for is loaded, so that a question to a node starts fast and
 * loads nothing of a node.
 */
public final class CommandTree {

    private static final Map<String, Function<Screen, Object>> COMMANDS = commands();
    private static final List<String> VERSION = List.of("-V", "--version");

    private CommandTree() {}

    /** Runs what the arguments say, and gives the status to end with. */
    public static int run(Screen screen, String... arguments) {
        var typed = WithContext.behind(arguments);
        var asked = typed.length == 1 && typed[0].equals("help") ? new String[] {"--help"} : typed;
        var status = remote(screen, asked).orElseGet(() -> line(screen, asked).execute(asked));
        screen.out().flush();
        return status;
    }

    private static OptionalInt remote(Screen screen, String... arguments) {
        try {
            return RemoteCommands.run(screen, COMMANDS.keySet(), arguments);
        } catch (RuntimeException e) {
            return OptionalInt.of(failed(screen, e));
        }
    }

    static CommandLine line(Screen screen, String... arguments) {
        var line = new CommandLine(new Root());
        line.getCommandSpec().addOption(help()).addOption(version());
        COMMANDS.forEach((name, command) -> {
            if (needs(name, arguments)) {
                line.addSubcommand(name, command.apply(screen));
            }
        });
        return line.setOut(new PrintWriter(screen.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(screen.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(screen.coloured() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(100)
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(CommandTree::misused)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(screen, failure));
    }

    /** Whether the command has a part in the answer: all have where all are told, or one was meant that is none. */
    private static boolean needs(String command, String... arguments) {
        var asked =
                Arrays.stream(arguments).filter(word -> !word.startsWith("-")).findFirst();
        if (asked.isPresent() && COMMANDS.containsKey(asked.get())) {
            return command.equals(asked.get());
        }
        return arguments.length != 1 || !VERSION.contains(arguments[0]);
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .description("Show this help.")
                .build();
    }

    private static OptionSpec version() {
        return OptionSpec.builder(VERSION.getFirst(), VERSION.getLast())
                .versionHelp(true)
                .description("Show the version.")
                .build();
    }

    private static Map<String, Function<Screen, Object>> commands() {
        var commands = new LinkedHashMap<String, Function<Screen, Object>>();
        commands.put("demo", RunCommands.DemoCommand::new);
        commands.put("dev", RunCommands.DevCommand::new);
        commands.put("node", ProductionCommands.Node::new);
        commands.put("topics", ProductionCommands.Topics::new);
        commands.put("cluster", screen -> new RemoteCommands.ClusterPage());
        commands.put("cluster-sharding", screen -> new RemoteCommands.ShardingPage());
        commands.put("actor", screen -> new RemoteCommands.ActorPage());
        commands.put("partition", screen -> new RemoteCommands.PartitionPage());
        commands.put("log", screen -> new RemoteCommands.LogPage());
        commands.put("top", TopCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("debug", DebugCommand::new);
        commands.put("shell", screen -> new RemoteCommands.ShellPage());
        commands.put("context", ContextCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("completion", CompletionCommand::new);
        commands.put("customer", Questions.Customer::new);
        commands.put("send", Questions.Send::new);
        commands.put("decision", Questions.Decision::new);
        commands.put("alerts", AlertsCommand::new);
        commands.put("dlq", DlqCommand::new);
        commands.put("table", Questions.Table::new);
        commands.put("sql", Questions.Sql::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("maintenance", MaintenanceCommand::new);
        commands.put("privacy", PrivacyCommand::new);
        commands.put("savepoint", SavepointCommand::new);
        commands.put("contract", ContractCommand::new);
        commands.put("generate", GenerateCommand::new);
        commands.put("bench", screen -> new BenchCommand());
        commands.put("rehearse", RehearseCommand::new);
        commands.put("test-kill", screen -> new KillTestCommand());
        return commands;
    }

    private static int misused(ParameterException misuse, String[] arguments) {
        var command = misuse.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        command.getErr().println(firstLine(misuse) + "; see '" + name + " --help'");
        return Exit.USAGE;
    }

    private static int failed(Screen screen, Exception failure) {
        var status = Exit.UNWELL;
        if (failure instanceof CommandFailed known) {
            status = known.status();
        } else if (failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof IllegalArgumentException) {
            // A file or an option that cannot be worked with; the message was written for whoever gave it.
            status = Exit.USAGE;
        }
        screen.out().flush();
        screen.err().println("riskcluster: " + firstLine(failure));
        return status;
    }

    private static String firstLine(Throwable failure) {
        var message = failure.getMessage();
        return message == null
                ? failure.toString()
                : message.lines().findFirst().orElse(failure.toString());
    }

    @Command(
            name = "riskcluster",
            versionProvider = Version.class,
            description = "Kafka in, one actor per customer, a decision in milliseconds; and the same decision, exactly"
                    + " once, in Iceberg.",
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "Examples:",
                "  riskcluster demo                          see everything work, in a minute",
                "  riskcluster dev                           the same set-up, until Ctrl-C",
                "  riskcluster cluster show                  members, and where each partition stands",
                "  riskcluster customer show u00000042       a live profile",
                "  riskcluster sql \"select band, count(*) from silver.transactions group by band\"",
                "",
                "Status: 0 fine, 1 unwell or a mismatch, 2 wrong usage, 3 no node answers, 124 it took too long."
            })
    private static final class Root {}
}
