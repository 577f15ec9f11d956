package riskcluster.node.fault;

import java.io.IOException;
import java.nio.file.Path;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;
import riskcluster.node.RiskNode;

/** The program of a node that is there to be killed; it lives until the one who started it closes its input. */
public final class ChildNode {

    private ChildNode() {}

    /** Arguments: the node's file, and the file for its steps. */
    public static void main(String[] args) throws IOException {
        var config = NodeFile.read(Path.of(args[0]));
        var marks = StepMarks.create(
                Path.of(args[1]), StepMarks.scopes(config.topics().input(), config.partitions()));
        Steps steps = Aim.told().<Steps>map(aim -> aim.deadly(marks)).orElse(marks);
        try (var node = RiskNode.start(config, source -> PartitionMeter.NONE, CommitMeter.NONE, steps)) {
            awaitEndOfInput();
            node.system().log().info("the input has ended, the node stops");
        }
        System.exit(0);
    }

    /** The parent never writes: the end comes when it wants it, and when it dies. */
    static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // whatever came is not for us
        }
    }
}
