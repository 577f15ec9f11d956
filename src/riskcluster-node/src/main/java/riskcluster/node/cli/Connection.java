package riskcluster.node.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import riskcluster.node.terminal.NodeAddress;

/** The options of every command that asks a node. */
final class Connection {

    @Option(
            names = "--node",
            paramLabel = "URL",
            description = "The node to ask. Without it: $RISKCLUSTER_NODE, else the running dev, else"
                    + " http://127.0.0.1:8080.")
    private @Nullable String node;

    @Mixin
    private Output output = new Output();

    OutputFormat output() {
        return output.format();
    }

    NodeClient open() {
        return new NodeClient(NodeAddress.find(node));
    }
}
