package riskcluster.node;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;
import riskcluster.actors.partition.Partition;
import riskcluster.actors.partition.PartitionPorts;
import riskcluster.contracts.log.LogPartition;
import riskcluster.node.commit.CommitLoop;
import riskcluster.node.upkeep.Upkeep;
import riskcluster.node.upkeep.UpkeepPlace;

/** Spawns what a node runs, and does nothing else. */
final class Guardian {

    /** A partition that has moved starts with the first wake that reaches its new place: this is part of its pause. */
    private static final Duration WAKE_EVERY = Duration.ofMillis(250);

    private static final Duration RESTART_MIN = Duration.ofMillis(500);
    private static final Duration RESTART_MAX = Duration.ofSeconds(30);
    private static final double RESTART_JITTER = 0.2;

    sealed interface Command {}

    private record Wake() implements Command {}

    /** Wakes no partition any more: a region that leaves waits for messages that it cannot deliver. */
    record Quiet() implements Command {}

    /** Asks where the cluster's maintenance is. */
    record FindUpkeep(ActorRef<UpkeepFound> replyTo) implements Command {}

    /** The answer to {@link FindUpkeep}. */
    record UpkeepFound(ActorRef<Upkeep.Command> place) {}

    private Guardian() {}

    static Behavior<Command> create(
            NodeConfig config, PartitionPorts ports, CommitLoop.Parts commits, Upkeep.Parts upkeep) {
        return Behaviors.setup(context -> {
            var system = context.getSystem();
            var self = Cluster.get(system);
            var sharding = ClusterSharding.get(system);
            sharding.init(Entity.of(
                            Places.KEY,
                            entity -> Partition.create(
                                    new LogPartition(config.topics().input(), Places.partition(entity.getEntityId())),
                                    ports))
                    .withStopMessage(new Partition.Leave())
                    .withMessageExtractor(Places.extractor()));

            var committer = Behaviors.supervise(CommitLoop.create(commits))
                    .onFailure(
                            RuntimeException.class,
                            SupervisorStrategy.restartWithBackoff(RESTART_MIN, RESTART_MAX, RESTART_JITTER));
            var commitLoop = ClusterSingleton.get(system).init(SingletonActor.of(committer, "committer"));
            var upkeepPlace = UpkeepPlace.init(system, upkeep, commitLoop);

            return Behaviors.withTimers(timers -> {
                timers.startTimerWithFixedDelay(new Wake(), Duration.ZERO, WAKE_EVERY);
                return Behaviors.receive(Command.class)
                        .onMessage(Wake.class, wake -> {
                            if (self.selfMember().status().equals(MemberStatus.up())) {
                                Places.all(sharding, config.partitions())
                                        .forEach(place -> place.tell(new Partition.Wake()));
                            }
                            return Behaviors.same();
                        })
                        .onMessage(FindUpkeep.class, find -> {
                            find.replyTo().tell(new UpkeepFound(upkeepPlace));
                            return Behaviors.same();
                        })
                        .onMessage(Quiet.class, quiet -> {
                            timers.cancelAll();
                            return Behaviors.same();
                        })
                        .build();
            });
        });
    }
}
