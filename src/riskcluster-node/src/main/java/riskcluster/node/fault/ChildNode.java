package riskcluster.node.fault;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;
import riskcluster.node.RiskNode;

/** The program of a node that is there to be killed; it lives until the one who started it closes its input. */
public final class ChildNode {

    private ChildNode() {}

    /**
     * Arguments: the node's file, and the file for its steps. What every node loads is loaded at once; it begins to be
     * one with a line of input that holds its aim, or nothing.
     */
    public static void main(String[] args) throws IOException {
        var config = NodeFile.read(Path.of(args[0]));
        ConfigFactory.load();
        var aim = line();
        if (aim.isEmpty()) {
            return;
        }
        var marks = StepMarks.create(
                Path.of(args[1]), StepMarks.scopes(config.topics().input(), config.partitions()));
        Steps steps = aim.get().isEmpty() ? marks : Aim.parse(aim.get()).deadly(marks);
        try (var node = RiskNode.start(config, source -> PartitionMeter.NONE, CommitMeter.NONE, steps)) {
            awaitEndOfInput();
            node.system().log().info("the input has ended, the node stops");
        }
        System.exit(0);
    }

    /** Waits for the line; empty where the parent has died or needs no more nodes. */
    private static Optional<String> line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            int next = System.in.read();
            if (next < 0) {
                return Optional.empty();
            }
            if (next == '\n') {
                return Optional.of(line.toString());
            }
            line.append((char) next);
        }
    }

    /** The parent writes no more: the end comes when it wants it, and when it dies. */
    static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // whatever came is not for us
        }
    }
}
