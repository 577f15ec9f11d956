package riskcluster.node.upkeep;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import riskcluster.lakehouse.maintain.Committing;
import riskcluster.lakehouse.maintain.Maintainer;
import riskcluster.lakehouse.maintain.MaintenanceRun;
import riskcluster.lakehouse.maintain.Round;
import riskcluster.lakehouse.maintain.TableFitness;

/** The cluster singleton that keeps the tables fit: one round after the other, and a pause when nothing is due. */
public final class Upkeep {

    /** How long an operator waits for his wish; what is still due then comes by itself. */
    private static final Duration WISH_MAX = Duration.ofSeconds(12);

    /** After work maintenance rests as long as it worked, so that ingest has the machine half of the time at least. */
    private static final Duration REST_MAX = Duration.ofSeconds(30);

    public sealed interface Command {}

    /** What may come from another node: it travels by these names and not by those of classes. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "run", value = RunNow.class),
        @JsonSubTypes.Type(name = "look", value = Look.class),
        @JsonSubTypes.Type(name = "remember", value = Remember.class)
    })
    public sealed interface Question extends Command {}

    /** What goes back. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "finished", value = Finished.class),
        @JsonSubTypes.Type(name = "looked", value = Looked.class),
        @JsonSubTypes.Type(name = "told", value = History.Told.class)
    })
    public sealed interface Reply permits Finished, Looked, History.Told {}

    /** Looks now, without waiting for the pause to end, and answers when nothing is due any more. */
    public record RunNow(ActorRef<Finished> replyTo) implements Question {}

    /** How fit the tables are. */
    public record Look(ActorRef<Looked> replyTo) implements Question {}

    /** What was done, the newest first. */
    public record Remember(int limit, ActorRef<History.Told> replyTo) implements Question {}

    /**
     * What a wish came to.
     *
     * @param finished false where more is due, which goes on by itself
     */
    public record Finished(boolean finished, List<MaintenanceRun> runs) implements Reply {
        public Finished {
            runs = List.copyOf(runs);
        }
    }

    /** The tables' fitness, or why it is not known. */
    public record Looked(
            List<TableFitness> tables, @Nullable String failure) implements Reply {
        public Looked {
            tables = List.copyOf(tables);
        }
    }

    private record Due() implements Command {}

    private record WishOver() implements Command {}

    private record Ended(@Nullable Round round, @Nullable Throwable failure) implements Command {}

    private record LookEnded(List<ActorRef<Looked>> replyTo, Looked looked) implements Command {}

    /**
     * What the singleton works with.
     *
     * @param open makes maintenance of a new incarnation over a way to the committer; it takes its epoch when it runs
     * @param every pause after a round in which nothing was due
     */
    public record Parts(Function<Committing, Maintainer> open, Duration every, Executor blocking) {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Parts parts;
    private final Maintainer maintenance;
    private final ActorRef<History.Command> history;
    private final List<ActorRef<Finished>> wishes = new ArrayList<>();
    private final List<ActorRef<Looked>> looks = new ArrayList<>();
    private final List<MaintenanceRun> runs = new ArrayList<>();
    private boolean busy;

    private Upkeep(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Parts parts,
            Committing committing,
            ActorRef<History.Command> history) {
        this.context = context;
        this.timers = timers;
        this.parts = parts;
        this.history = history;
        this.maintenance = parts.open().apply(committing);
    }

    /** Maintains until it is deposed; then it fails, and its supervisor decides when to try anew. */
    public static Behavior<Command> create(Parts parts, Committing committing, ActorRef<History.Command> history) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Upkeep(context, timers, parts, committing, history).begin()));
    }

    private Behavior<Command> begin() {
        timers.startSingleTimer(new Due(), parts.every());
        return Behaviors.receive(Command.class)
                .onMessage(Due.class, due -> run())
                .onMessage(Ended.class, this::ended)
                .onMessage(RunNow.class, this::wish)
                .onMessage(WishOver.class, over -> grant(false))
                .onMessage(Look.class, this::look)
                .onMessage(LookEnded.class, this::looked)
                .onMessage(Remember.class, remember -> {
                    history.tell(new History.Recent(remember.limit(), remember.replyTo()));
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<Command> wish(RunNow wish) {
        wishes.add(wish.replyTo());
        timers.startSingleTimer(new WishOver(), WISH_MAX);
        return run();
    }

    private Behavior<Command> run() {
        if (!busy) {
            busy = true;
            context.pipeToSelf(CompletableFuture.supplyAsync(maintenance::runOnce, parts.blocking()), Ended::new);
        }
        return Behaviors.same();
    }

    private Behavior<Command> ended(Ended ended) {
        busy = false;
        Round round = ended.round();
        if (round == null) {
            context.getLog().warn("a round of maintenance did not end: {}", String.valueOf(ended.failure()));
            return rest();
        }
        answerLooks();
        return switch (round) {
            case Round.Ran(var run) -> ran(run);
            case Round.Idle idle -> rest();
            case Round.Deposed deposed -> throw new IllegalStateException("another maintenance has taken over");
        };
    }

    private Behavior<Command> ran(MaintenanceRun run) {
        history.tell(new History.Record(run));
        if (wishes.isEmpty()) {
            var worked = Duration.ofMillis(run.tookMillis());
            timers.startSingleTimer(new Due(), worked.compareTo(REST_MAX) < 0 ? worked : REST_MAX);
            return Behaviors.same();
        }
        runs.add(run);
        return run();
    }

    private Behavior<Command> rest() {
        timers.startSingleTimer(new Due(), parts.every());
        return grant(true);
    }

    private Behavior<Command> grant(boolean finished) {
        var answer = new Finished(finished, runs);
        wishes.forEach(wish -> wish.tell(answer));
        wishes.clear();
        runs.clear();
        timers.cancel(new WishOver());
        return Behaviors.same();
    }

    /** One thread at a time uses the maintenance: a look waits for the round under way. */
    private Behavior<Command> look(Look look) {
        looks.add(look.replyTo());
        if (!busy) {
            answerLooks();
        }
        return Behaviors.same();
    }

    private void answerLooks() {
        if (looks.isEmpty()) {
            return;
        }
        busy = true;
        var asked = List.copyOf(looks);
        looks.clear();
        context.pipeToSelf(CompletableFuture.supplyAsync(maintenance::fitness, parts.blocking()), (tables, failure) -> {
            var looked = failure == null
                    ? new Looked(tables, null)
                    : new Looked(List.of(), String.valueOf(failure.getMessage()));
            return new LookEnded(asked, looked);
        });
    }

    private Behavior<Command> looked(LookEnded ended) {
        busy = false;
        ended.replyTo().forEach(asker -> asker.tell(ended.looked()));
        return wishes.isEmpty() && timers.isTimerActive(new Due()) ? Behaviors.same() : run();
    }
}
