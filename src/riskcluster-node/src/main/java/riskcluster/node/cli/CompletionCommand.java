package riskcluster.node.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OutputFormat;
import riskcluster.node.terminal.Screen;

/** {@code riskcluster completion}: what a shell needs to complete our words. Asks no node. */
@Command(
        name = "completion",
        description = {
            "Prints a script that completes commands and options in a shell. The commands of nodes are those of this"
                    + " version; 'riskcluster shell' completes what the node itself brings.",
            "bash and zsh: a line in ~/.bashrc or ~/.zshrc. fish: a file."
        },
        footer = {
            "",
            "Examples:",
            "  riskcluster completion fish > ~/.config/fish/completions/riskcluster.fish",
            "  source <(riskcluster completion bash)",
            "  source <(riskcluster completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {

    private static final String NAME = "riskcluster";

    /** The shells that are known. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    private final Screen screen;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    CompletionCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        var line = everything(screen);
        // picocli's script is for both: in zsh it loads zsh's own support for bash's completion first.
        screen.out().print(shell == Shell.fish ? FishCompletion.of(NAME, line) : AutoComplete.bash(NAME, line));
        return Exit.FINE;
    }

    /** Every command, those included that nodes bring. */
    static CommandLine everything(Screen screen) {
        var line = CommandTree.line(screen);
        RemoteCommands.PALETTES.forEach((palette, commands) -> {
            var page = java.util.Objects.requireNonNull(line.getSubcommands().get(palette));
            commands.forEach(command -> page.addSubcommand(command, brought(palette)));
        });
        return line;
    }

    /** The options of every command, and of those about the log also what lines are wanted. */
    private static CommandSpec brought(String palette) {
        var options = brought();
        if (palette.equals("log")) {
            options.addOption(OptionSpec.builder("-f", "--follow")
                            .description("Goes on with each new line.")
                            .build())
                    .addOption(text("N", "So many of the last lines.", "-n", "--lines"))
                    .addOption(OptionSpec.builder(text("LEVEL", "Lines of this level and above.", "-l", "--level"))
                            .completionCandidates(List.of("error", "warn", "info", "debug"))
                            .build())
                    .addOption(text("N", "Lines about this partition.", "-p", "--partition"))
                    .addOption(text("KEY", "Lines about the customer of this pseudonym.", "-c", "--customer"))
                    .addOption(text("ID", "Lines about records of this trace.", "-t", "--trace"))
                    .addOption(text("HOST:PORT", "The nodes to ask, with commas.", "--node"));
        }
        return options;
    }

    private static OptionSpec text(String value, String meaning, String... names) {
        return OptionSpec.builder(names)
                .paramLabel(value)
                .type(String.class)
                .description(meaning)
                .build();
    }

    private static CommandSpec brought() {
        return CommandSpec.create()
                .addOption(OptionSpec.builder("-o", "--output")
                        .paramLabel("FORMAT")
                        .type(String.class)
                        .completionCandidates(formats())
                        .description("How the answer is shown.")
                        .build())
                .addOption(OptionSpec.builder("--timeout")
                        .paramLabel("SECONDS")
                        .type(int.class)
                        .description("How long the answer may take.")
                        .build())
                .addOption(OptionSpec.builder("--context")
                        .paramLabel("NAME")
                        .type(String.class)
                        .description("The context whose node is asked.")
                        .build());
    }

    private static List<String> formats() {
        return java.util.Arrays.stream(OutputFormat.values())
                .map(OutputFormat::word)
                .toList();
    }
}
