package riskcluster.node.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OutputFormat;
import riskcluster.node.terminal.Target;

/** The options of every command that asks a node. */
final class Connection {

    private static final int SECONDS_MAX = 99_999;

    @Option(
            names = "--node",
            paramLabel = "URL",
            description = "The node to ask. Without it: --context, $RISKCLUSTER_NODE, the current context, the running"
                    + " dev, else http://127.0.0.1:8080.")
    private @Nullable String node;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The context whose node is asked; see 'riskcluster context ls'.")
    private @Nullable String context;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long the answer may take. Default: ${DEFAULT-VALUE}.",
            defaultValue = "45")
    private int timeoutSeconds;

    @Mixin
    private Output output = new Output();

    OutputFormat output() {
        return output.format();
    }

    NodeClient open() {
        var answerMax = answerMax();
        var told = target().node(Optional.ofNullable(node));
        return new NodeClient(told.address(), told.access(), answerMax);
    }

    /** Asks the operators' interface of the same context. */
    OperatorQuestions operator() {
        return new OperatorQuestions(target().operatorAddress(), answerMax());
    }

    private Target target() {
        return Target.of(Optional.ofNullable(context));
    }

    private Duration answerMax() {
        if (timeoutSeconds < 1 || timeoutSeconds > SECONDS_MAX) {
            throw new CommandFailed(
                    Exit.USAGE, "--timeout is " + timeoutSeconds + ", allowed: 1 to " + SECONDS_MAX + " seconds");
        }
        return Duration.ofSeconds(timeoutSeconds);
    }
}
