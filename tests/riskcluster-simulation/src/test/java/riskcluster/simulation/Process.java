package riskcluster.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.partition.Partition;
import riskcluster.actors.partition.PartitionPorts;
import riskcluster.contracts.log.LogPartition;
import riskcluster.node.commit.CommitLoop;
import riskcluster.simulation.loop.Stage;
import riskcluster.simulation.world.Line;

/** One simulated process: the root of its actors, and the line that death cuts. */
final class Process {

    private static final Duration RESTART_MIN = Duration.ofMillis(500);
    private static final Duration RESTART_MAX = Duration.ofSeconds(30);

    private final String name;
    private final Line line;
    private final ActorRef<Command> root;

    sealed interface Command {}

    private record Own(LogPartition source) implements Command {}

    private record Disown(LogPartition source) implements Command {}

    private record Commit() implements Command {}

    private record CommitNoMore() implements Command {}

    private record End() implements Command {}

    Process(Line line, PartitionPorts partitions, CommitLoop.Parts commits) {
        this.name = line.process();
        this.line = line;
        this.root = Stage.system().systemActorOf(Root.create(partitions, commits), name, Props.empty());
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return !line.isCut();
    }

    void own(LogPartition source) {
        root.tell(new Own(source));
    }

    void disown(LogPartition source) {
        root.tell(new Disown(source));
    }

    void commit() {
        root.tell(new Commit());
    }

    void commitNoMore() {
        root.tell(new CommitNoMore());
    }

    /** Whatever it does from here on has no effect. */
    void die() {
        line.cut();
        Stage.loop().goOn(name);
        root.tell(new End());
    }

    /** What a node's guardian does, without a cluster. */
    private static final class Root {
        private final ActorContext<Command> context;
        private final PartitionPorts ports;
        private final CommitLoop.Parts commits;
        private final Map<LogPartition, ActorRef<Partition.Command>> owned = new HashMap<>();
        private @Nullable ActorRef<CommitLoop.Command> committer;

        private Root(ActorContext<Command> context, PartitionPorts ports, CommitLoop.Parts commits) {
            this.context = context;
            this.ports = ports;
            this.commits = commits;
        }

        static Behavior<Command> create(PartitionPorts ports, CommitLoop.Parts commits) {
            return Behaviors.setup(context -> new Root(context, ports, commits).running());
        }

        private Behavior<Command> running() {
            return Behaviors.receive(Command.class)
                    .onMessage(Own.class, own -> own(own.source()))
                    .onMessage(Disown.class, disown -> disown(disown.source()))
                    .onMessage(Commit.class, commit -> commit())
                    .onMessage(CommitNoMore.class, stop -> commitNoMore())
                    .onMessage(End.class, end -> Behaviors.stopped())
                    .onSignal(Terminated.class, ended -> Behaviors.same())
                    .build();
        }

        private Behavior<Command> own(LogPartition source) {
            owned.computeIfAbsent(source, absent -> context.spawnAnonymous(Partition.create(source, ports)));
            return Behaviors.same();
        }

        private Behavior<Command> disown(LogPartition source) {
            var partition = owned.remove(source);
            if (partition != null) {
                partition.tell(new Partition.Leave());
            }
            return Behaviors.same();
        }

        private Behavior<Command> commit() {
            if (committer == null) {
                committer = context.spawnAnonymous(Behaviors.supervise(CommitLoop.create(commits))
                        .onFailure(
                                RuntimeException.class,
                                SupervisorStrategy.restartWithBackoff(RESTART_MIN, RESTART_MAX, 0)));
            }
            return Behaviors.same();
        }

        private Behavior<Command> commitNoMore() {
            if (committer != null) {
                context.stop(committer);
                committer = null;
            }
            return Behaviors.same();
        }
    }
}
