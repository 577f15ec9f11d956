package riskcluster.simulation.world;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.actors.partition.Pace;
import riskcluster.actors.partition.PartitionPorts;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Step;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.node.commit.CommitLoop;

/** What a simulated process works with: the program's own ports, every one of them on the process' line. */
public final class Ports {

    private static final Duration COMMIT_EVERY = Duration.ofMillis(300);

    private Ports() {}

    /** For the partitions of a process. */
    public static PartitionPorts partitions(World world, Line line, Policy wanted, Scorer scorer, int customersMax) {
        return new PartitionPorts(
                new LogPort(world, line),
                new AlertPort(world, line),
                new LedgerPort(world, line),
                new LakePort(world, line),
                new Decoder(SchemaRegistry.empty()),
                scorer,
                wanted,
                source -> PartitionMeter.NONE,
                new Pace(Duration.ofMillis(60), Duration.ofMillis(250), Duration.ofMillis(400), customersMax),
                line,
                blocking(line),
                () -> world.loop().nowMicros());
    }

    /** For the committer of a process. */
    public static CommitLoop.Parts commits(World world, Line line) {
        return new CommitLoop.Parts(
                () -> new Committer(
                        new CommitPort(world, line),
                        new StagingPort(world, line),
                        UUID.randomUUID(),
                        step -> line.reached(CommitLoop.SCOPE, Step.valueOf(step.name()))),
                COMMIT_EVERY,
                CommitMeter.NONE,
                blocking(line),
                world.loop()::nowNanos);
    }

    private static Executor blocking(Line line) {
        return task -> line.loop().executeAt(line.process(), task);
    }
}
