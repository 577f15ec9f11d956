package riskcluster.simulation.world;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import riskcluster.actors.anomaly.AnomalyRule;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.actors.partition.Pace;
import riskcluster.actors.partition.PartitionPorts;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.trace.RecordTrace;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.commit.Rewrite;
import riskcluster.lakehouse.maintain.Committing;
import riskcluster.node.commit.CommitLoop;
import riskcluster.node.upkeep.Upkeep;
import riskcluster.simulation.fault.Call;

/** What a simulated process works with: the program's own ports, every one of them on the process' line. */
public final class Ports {

    /** Met now and then by the few records of a run. */
    static final AnomalyRule ANOMALIES = new AnomalyRule(List.of(600, 3_600), 2, 1, 0.5);

    private static final Duration COMMIT_EVERY = Duration.ofMillis(300);
    private static final Duration UPKEEP_EVERY = Duration.ofMillis(150);
    private static final long ANSWER_LOOK_MICROS = 5_000;

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
                Optional.of(ANOMALIES),
                true,
                source -> PartitionMeter.NONE,
                source -> RecordTrace.NONE,
                new Pace(Duration.ofMillis(60), Duration.ofMillis(250), Duration.ofMillis(400), customersMax),
                line,
                blocking(line),
                () -> world.loop().nowMicros());
    }

    /** For the committer of a process. */
    public static CommitLoop.Parts commits(World world, Line line) {
        return new CommitLoop.Parts(
                () -> committer(world, line), COMMIT_EVERY, CommitMeter.NONE, blocking(line), world.loop()::nowNanos);
    }

    private static Committer committer(World world, Line line) {
        var staging = new StagingPort(world, line);
        return new Committer(
                new CommitPort(world, line),
                staging,
                new RewritePort(world, line, staging),
                UUID.randomUUID(),
                step -> line.reached(CommitLoop.SCOPE, Step.valueOf(step.name())));
    }

    /**
     * For maintenance of a process.
     *
     * @param asked sends a rewrite to whoever commits now; completes with the answer, if one comes
     */
    public static Upkeep.Parts upkeep(
            World world, Line line, Function<Rewrite, CompletableFuture<CommitLoop.Applied>> asked) {
        Committing committing = rewrite -> {
            var answer = line.call(Call.ASK_COMMITTER, rewrite::kind, () -> asked.apply(rewrite));
            while (!answer.isDone()) {
                world.loop().pause(ANSWER_LOOK_MICROS);
                line.live();
            }
            var result = answer.join().result();
            if (result == null) {
                throw new IllegalStateException("the rewrite did not end");
            }
            return result;
        };
        return new Upkeep.Parts(unused -> new Caretaker(world, line, committing), UPKEEP_EVERY, blocking(line));
    }

    private static Executor blocking(Line line) {
        return task -> line.loop().executeAt(line.process(), task);
    }
}
