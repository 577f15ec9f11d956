package riskcluster.node.cli;

import org.jspecify.annotations.Nullable;
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

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table or json. Default: table.",
            defaultValue = "table",
            converter = OutputFormat.Converter.class)
    private OutputFormat output = OutputFormat.TABLE;

    OutputFormat output() {
        return output;
    }

    NodeClient open() {
        return new NodeClient(NodeAddress.find(node));
    }
}
