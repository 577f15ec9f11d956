package riskcluster.node.upkeep;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;
import riskcluster.lakehouse.commit.RewriteResult;
import riskcluster.lakehouse.maintain.Committing;
import riskcluster.node.commit.CommitLoop;

/** Where the cluster's maintenance runs: on the oldest node, as the committer does, so that rewrites never leave it. */
public final class UpkeepPlace {

    private static final Duration RESTART_MIN = Duration.ofSeconds(1);
    private static final Duration RESTART_MAX = Duration.ofMinutes(1);
    private static final double RESTART_JITTER = 0.2;

    /** Longer than a batch and a rewrite take; after it, a new epoch makes a late rewrite impossible. */
    private static final Duration COMMIT_MAX = Duration.ofSeconds(60);

    private UpkeepPlace() {}

    /** Starts the singleton, or finds it; the answer reaches it wherever it runs. */
    public static ActorRef<Upkeep.Command> init(
            ActorSystem<?> system, Upkeep.Parts parts, ActorRef<CommitLoop.Command> committer) {
        var upkeep = Behaviors.supervise(withHistory(parts, committing(system, committer)))
                .onFailure(
                        RuntimeException.class,
                        SupervisorStrategy.restartWithBackoff(RESTART_MIN, RESTART_MAX, RESTART_JITTER));
        return ClusterSingleton.get(system).init(SingletonActor.of(upkeep, "upkeep"));
    }

    private static Behavior<Upkeep.Command> withHistory(Upkeep.Parts parts, Committing committing) {
        return Behaviors.setup(context -> Upkeep.create(parts, committing, context.spawn(History.create(), "history")));
    }

    /** Blocks, on a thread that may; no answer in time means that nobody knows. */
    private static Committing committing(ActorSystem<?> system, ActorRef<CommitLoop.Command> committer) {
        return rewrite -> {
            CommitLoop.Applied applied = AskPattern.<CommitLoop.Command, CommitLoop.Applied>ask(
                            committer,
                            replyTo -> new CommitLoop.Apply(rewrite, replyTo),
                            COMMIT_MAX,
                            system.scheduler())
                    .toCompletableFuture()
                    .join();
            RewriteResult result = applied.result();
            if (result == null) {
                throw new IllegalStateException("the rewrite did not end", applied.failure());
            }
            return result;
        };
    }
}
