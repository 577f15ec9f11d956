package riskcluster.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.partition.Partition;
import riskcluster.actors.partition.PartitionPorts;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.commit.Rewrite;
import riskcluster.lakehouse.maintain.Committing;
import riskcluster.node.commit.CommitLoop;
import riskcluster.node.upkeep.History;
import riskcluster.node.upkeep.Upkeep;
import riskcluster.simulation.loop.Stage;
import riskcluster.simulation.world.Line;

/** One simulated process: the root of its actors, and the line that death cuts. */
final class Process {

    private static final Duration RESTART_MIN = Duration.ofMillis(500);
    private static final Duration RESTART_MAX = Duration.ofSeconds(30);
    private static final Duration REWRITE_MAX = Duration.ofSeconds(2);

    private final String name;
    private final Line line;
    private final ActorRef<Command> root;

    sealed interface Command {}

    private record Own(LogPartition source) implements Command {}

    private record Disown(LogPartition source) implements Command {}

    private record Commit() implements Command {}

    private record CommitNoMore() implements Command {}

    private record End() implements Command {}

    private record Maintain() implements Command {}

    private record MaintainNoMore() implements Command {}

    private record Rewritten(CommitLoop.Apply apply) implements Command {}

    Process(Line line, PartitionPorts partitions, CommitLoop.Parts commits, Upkeep.Parts upkeep) {
        this.name = line.process();
        this.line = line;
        this.root = Stage.system().systemActorOf(Root.create(partitions, commits, upkeep), name, Props.empty());
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

    void maintain() {
        root.tell(new Maintain());
    }

    void maintainNoMore() {
        root.tell(new MaintainNoMore());
    }

    /** Asks its committer for a rewrite; without one, and where it is dead, nobody answers. */
    CompletableFuture<CommitLoop.Applied> rewrite(Rewrite rewrite) {
        return AskPattern.<Command, CommitLoop.Applied>ask(
                        root,
                        replyTo -> new Rewritten(new CommitLoop.Apply(rewrite, replyTo)),
                        REWRITE_MAX,
                        Stage.system().scheduler())
                .toCompletableFuture();
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
        private final Upkeep.Parts upkeep;
        private final Map<LogPartition, ActorRef<Partition.Command>> owned = new HashMap<>();
        private @Nullable ActorRef<CommitLoop.Command> committer;
        private @Nullable ActorRef<Upkeep.Command> maintenance;

        private Root(
                ActorContext<Command> context, PartitionPorts ports, CommitLoop.Parts commits, Upkeep.Parts upkeep) {
            this.context = context;
            this.ports = ports;
            this.commits = commits;
            this.upkeep = upkeep;
        }

        static Behavior<Command> create(PartitionPorts ports, CommitLoop.Parts commits, Upkeep.Parts upkeep) {
            return Behaviors.setup(context -> new Root(context, ports, commits, upkeep).running());
        }

        private Behavior<Command> running() {
            return Behaviors.receive(Command.class)
                    .onMessage(Own.class, own -> own(own.source()))
                    .onMessage(Disown.class, disown -> disown(disown.source()))
                    .onMessage(Commit.class, commit -> commit())
                    .onMessage(CommitNoMore.class, stop -> commitNoMore())
                    .onMessage(Maintain.class, maintain -> maintain())
                    .onMessage(MaintainNoMore.class, stop -> maintainNoMore())
                    .onMessage(Rewritten.class, rewritten -> rewrite(rewritten.apply()))
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

        private Behavior<Command> rewrite(CommitLoop.Apply apply) {
            if (committer != null) {
                committer.tell(apply);
            }
            return Behaviors.same();
        }

        /** What was done is remembered by nobody here: the history is event-sourced and changes no table. */
        private Behavior<Command> maintain() {
            if (maintenance == null) {
                ActorRef<History.Command> history = context.spawnAnonymous(Behaviors.ignore());
                Committing unused = rewrite -> {
                    throw new IllegalStateException("the parts bring the way to the committer");
                };
                maintenance = context.spawnAnonymous(Behaviors.supervise(Upkeep.create(upkeep, unused, history))
                        .onFailure(
                                RuntimeException.class,
                                SupervisorStrategy.restartWithBackoff(RESTART_MIN, RESTART_MAX, 0)));
            }
            return Behaviors.same();
        }

        private Behavior<Command> maintainNoMore() {
            if (maintenance != null) {
                context.stop(maintenance);
                maintenance = null;
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
