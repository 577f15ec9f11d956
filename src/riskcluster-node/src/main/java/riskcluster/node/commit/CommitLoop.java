package riskcluster.node.commit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.lakehouse.commit.BatchSummary;
import riskcluster.lakehouse.commit.CommitResult;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.commit.Rewrite;
import riskcluster.lakehouse.commit.RewriteResult;

/** The cluster singleton that makes sealed checkpoints visible, one batch after the other. */
public final class CommitLoop {

    /** The scope of the committer's steps. */
    public static final String SCOPE = "committer";

    /** Even after a long batch, rewrites of maintenance get so much of the time between two batches. */
    private static final int SHORTEST_WAIT_PART = 4;

    public sealed interface Command {}

    /** Commits a step of one table that adds no records, between two batches; the answer comes when it is known. */
    public record Apply(Rewrite rewrite, ActorRef<Applied> replyTo) implements Command {}

    /** What became of a rewrite: a result, or a failure, after which nobody knows. */
    public record Applied(
            @Nullable RewriteResult result, @Nullable Throwable failure) {}

    private record Due() implements Command {}

    private record Ended(
            long tookNanos,
            @Nullable CommitResult result,
            @Nullable Throwable failure) implements Command {}

    private record Rewritten(ActorRef<Applied> replyTo, Applied applied) implements Command {}

    /**
     * What the loop works with.
     *
     * @param open makes a committer of a new incarnation; it takes its epoch at its first commit
     * @param every time from the begin of a batch to that of the next
     */
    public record Parts(
            Supplier<Committer> open, Duration every, CommitMeter meter, Executor blocking, LongSupplier nanos) {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Parts parts;
    private final Committer committer;

    /** The rewrite that waits for the end of a batch. */
    private @Nullable Apply asked;

    private boolean busy;
    private boolean overdue;

    private CommitLoop(ActorContext<Command> context, TimerScheduler<Command> timers, Parts parts) {
        this.context = context;
        context.setLoggerName(CommitLoop.class);
        this.timers = timers;
        this.parts = parts;
        this.committer = parts.open().get();
    }

    /** A loop that commits until it is deposed; then it fails, and its supervisor decides when to try anew. */
    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new CommitLoop(context, timers, parts).begin()));
    }

    private Behavior<Command> begin() {
        context.getSelf().tell(new Due());
        return Behaviors.receive(Command.class)
                .onMessage(Due.class, due -> commit())
                .onMessage(Ended.class, this::ended)
                .onMessage(Apply.class, this::apply)
                .onMessage(Rewritten.class, this::rewritten)
                .build();
    }

    private Behavior<Command> commit() {
        if (busy) {
            overdue = true;
            return Behaviors.same();
        }
        busy = true;
        overdue = false;
        long since = parts.nanos().getAsLong();
        context.pipeToSelf(
                CompletableFuture.supplyAsync(committer::commitOnce, parts.blocking()),
                (result, failure) -> new Ended(parts.nanos().getAsLong() - since, result, failure));
        return Behaviors.same();
    }

    private Behavior<Command> ended(Ended ended) {
        var result = ended.result();
        if (result == null) {
            parts.meter().failed();
            context.getLog()
                    .warn("a commit did not end: {}; looking what became of it", String.valueOf(ended.failure()));
        } else {
            told(result, ended.tookNanos());
        }
        busy = false;
        timers.startSingleTimer(new Due(), untilNext(ended.tookNanos()));
        Apply next = asked;
        asked = null;
        return next == null ? Behaviors.same() : apply(next);
    }

    /** Batches begin that far apart; one that took long is soon followed by the next, since more is waiting by now. */
    private Duration untilNext(long tookNanos) {
        Duration rest = parts.every().minusNanos(tookNanos);
        Duration least = parts.every().dividedBy(SHORTEST_WAIT_PART);
        return rest.compareTo(least) > 0 ? rest : least;
    }

    /** The committer does one thing at a time; a second rewrite while one waits is refused, since it may be late. */
    private Behavior<Command> apply(Apply apply) {
        if (busy && asked == null) {
            asked = apply;
        } else if (busy) {
            apply.replyTo().tell(new Applied(new RewriteResult.Refused("another rewrite waits"), null));
        } else {
            busy = true;
            context.pipeToSelf(
                    CompletableFuture.supplyAsync(() -> committer.rewrite(apply.rewrite()), parts.blocking()),
                    (result, failure) -> new Rewritten(apply.replyTo(), new Applied(result, failure)));
        }
        return Behaviors.same();
    }

    private Behavior<Command> rewritten(Rewritten rewritten) {
        busy = false;
        rewritten.replyTo().tell(rewritten.applied());
        if (rewritten.applied().result() instanceof RewriteResult.Deposed) {
            throw new IllegalStateException("another committer has taken over");
        }
        Apply next = asked;
        asked = null;
        if (overdue) {
            commit();
        }
        return next == null ? Behaviors.same() : apply(next);
    }

    private void told(CommitResult result, long tookNanos) {
        switch (result) {
            case CommitResult.Committed(var batch) -> committed(batch, tookNanos);
            case CommitResult.Nothing nothing -> {}
            case CommitResult.Deposed deposed -> throw new IllegalStateException("another committer has taken over");
        }
    }

    private void committed(BatchSummary batch, long tookNanos) {
        int files = batch.files().values().stream().mapToInt(Integer::intValue).sum();
        parts.meter().committed(batch.id(), batch.checkpoints(), batch.records(), files, tookNanos);
        parts.meter().leftOut(batch.leftOut());
        batch.growth()
                .forEach((table, growth) -> parts.meter()
                        .grew(table, growth.addedFiles(), growth.addedBytes(), growth.files(), growth.bytes()));
        parts.meter()
                .freshness(Duration.between(batch.oldestSealedAt(), batch.committedAt())
                        .toMillis());
    }
}
