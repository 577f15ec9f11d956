package riskcluster.node.operate.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.Frame;
import riskcluster.node.operate.protocol.OptionPage;
import riskcluster.node.operate.protocol.PalettePage;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.TextTable;

/** Help, as the node has told it. */
final class HelpPage {

    private HelpPage() {}

    /**
     * Help about everything, about a palette, or about one command.
     *
     * @throws CommandFailed where the node knows nothing of the name
     */
    static List<String> about(List<String> words, Frame.Learn learnt) {
        if (words.isEmpty()) {
            return everything(learnt);
        }
        var palette = learnt.palettes().stream()
                .filter(each -> each.name().equals(words.getFirst()))
                .findFirst()
                .orElseThrow(() -> unknown(words.getFirst()));
        return words.size() == 1
                ? palette(palette)
                : command(
                        palette.name(),
                        palette.command(words.get(1)).orElseThrow(() -> unknown(palette.name() + " " + words.get(1))));
    }

    private static CommandFailed unknown(String name) {
        return new CommandFailed(Exit.USAGE, "no command '" + name + "'; see 'help'");
    }

    private static List<String> everything(Frame.Learn learnt) {
        var lines = new ArrayList<String>();
        lines.add("Commands of " + learnt.node() + ":");
        var table = new TextTable(List.of());
        learnt.palettes()
                .forEach(palette -> palette.commands()
                        .forEach(command ->
                                table.row(List.of("  " + palette.name() + " " + command.name(), command.help()))));
        table.row(List.of("  help [COMMAND]", "Shows this, or help about one of them."));
        table.row(List.of("  exit", "Ends the shell."));
        lines.addAll(table.lines());
        lines.add("");
        lines.add("Every command takes -o table|wide|json|jsonl|yaml|name and --timeout SECONDS.");
        return lines;
    }

    private static List<String> palette(PalettePage palette) {
        var lines = new ArrayList<String>();
        lines.add(palette.help());
        var table = new TextTable(List.of());
        palette.commands()
                .forEach(command -> table.row(List.of("  " + palette.name() + " " + command.name(), command.help())));
        lines.addAll(table.lines());
        return lines;
    }

    private static List<String> command(String palette, CommandPage command) {
        var lines = new ArrayList<String>();
        lines.add("Usage: [HOST:PORT] " + palette + " " + command.name()
                + command.options().stream().map(HelpPage::usage).collect(Collectors.joining()));
        lines.add(command.help());
        var table = new TextTable(List.of());
        command.options()
                .forEach(option -> table.row(List.of(
                        "  " + String.join(", ", option.names()) + (option.isFlag() ? "" : " " + option.value()),
                        option.help())));
        lines.addAll(table.lines());
        return lines;
    }

    private static String usage(OptionPage option) {
        var text = option.name() + (option.isFlag() ? "" : " " + option.value());
        return option.required() ? " " + text : " [" + text + "]";
    }
}
