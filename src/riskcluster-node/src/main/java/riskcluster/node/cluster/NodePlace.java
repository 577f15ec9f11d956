package riskcluster.node.cluster;

import java.util.List;

/**
 * Where on this machine a node runs.
 *
 * @param host the address at which others reach it
 * @param under a command that starts the one that follows it in that place; empty where none is needed
 */
public record NodePlace(String host, List<String> under) {

    /** Beside everything else, at the loopback address. */
    public static final NodePlace HERE = new NodePlace("127.0.0.1", List.of());

    public NodePlace {
        under = List.copyOf(under);
    }
}
