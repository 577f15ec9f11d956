package riskcluster.node.cli;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import riskcluster.node.explain.NumberedError;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Rows;
import riskcluster.node.terminal.Screen;

/** {@code riskcluster explain}: what a numbered error means. Asks no node. */
@Command(
        name = "explain",
        description = "Says what a numbered error means and what to do; without a number, lists all. Asks no node.",
        footer = {
            "",
            "Examples:",
            "  riskcluster explain RC-1010",
            "  riskcluster explain",
            "  riskcluster explain -o wide"
        })
final class ExplainCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "CODE", arity = "0..1", description = "RC-nnnn, as it stands in headers and messages.")
    private @Nullable String code;

    @Mixin
    private Output output = new Output();

    ExplainCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        var printer = new Printer(screen, output.format());
        var asked = Optional.ofNullable(code);
        if (asked.isPresent()) {
            var error = NumberedError.find(asked.get()).orElseThrow(() -> unknown(asked.get()));
            printer.print(NodeClient.JSON.valueToTree(error));
        } else {
            printer.print(
                    NodeClient.JSON.valueToTree(NumberedError.all()), new Rows("", "code", Set.of("remedy", "seen")));
        }
        return Exit.FINE;
    }

    private static CommandFailed unknown(String typed) {
        return new CommandFailed(
                Exit.USAGE,
                "there is no error '" + typed + "'; there are "
                        + NumberedError.all().stream().map(NumberedError::code).collect(Collectors.joining(", ")));
    }
}
