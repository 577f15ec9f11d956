package riskcluster.actors.partition;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import riskcluster.actors.alert.Publisher;
import riskcluster.actors.anomaly.Remembered;
import riskcluster.actors.customer.Round;
import riskcluster.actors.log.RangeMissing;
import riskcluster.actors.write.Writer;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Pause;
import riskcluster.contracts.log.LogPartition;

/** One owner's time with a partition, from the taking of the epoch to the first thing that goes wrong. */
final class Tenure {

    sealed interface Command {}

    /** A question that came to the partition. */
    record Asked(Partition.Command question) implements Command {}

    /** Put in order what can be, and end. */
    record Leave() implements Command {}

    /** A step of the opening was taken. */
    private record Stepped(Opening opening) implements Command {}

    /** Something outside failed: nobody knows how far it came. */
    record Failed(String what, Throwable cause) implements Command {}

    /** Postgres or the store did not answer: nobody knows what it did. */
    record Unanswered(String what, Throwable cause) implements Command {}

    /** Whether Postgres and the store answer again. */
    record Probed(boolean answered) implements Command {}

    /**
     * What was seen of this partition in Postgres and Kafka.
     *
     * @param ours whether the epoch is still ours, as far as was looked
     * @param pause the wish that it rests
     * @param end of the log, where it rests and Kafka has told; else -1
     */
    record Looked(boolean ours, Optional<Pause> pause, long end) implements Command {}

    /** The stream of the log stands. */
    record Streaming(ActorRef<Taken> ack) implements Command {}

    /** A round came from the log. */
    record Arrived(ActorRef<Taken> ack, Round round) implements Command {}

    /** The answer to the stream: send the next. */
    enum Taken {
        TAKEN
    }

    /** The stream waits for something outside, or does no longer. */
    record Waits(Optional<Rounds.Rest> rest) implements Command {}

    /** The customers are through with a round. */
    record RoundDone() implements Command {}

    /** Customers were looked up. */
    record Loaded(java.util.List<String> wanted, java.util.Map<String, Remembered> saved) implements Command {}

    /** The publisher's word. */
    record AlertsCommitted(Publisher.Committed committed) implements Command {}

    /** The writer's word. */
    record Reported(Writer.Report report) implements Command {}

    /** Postgres' word on the profiles. */
    record Saved(Answer answer, long to) implements Command {}

    /** It is time to move a cursor. */
    enum Due implements Command {
        ALERTS,
        CHECKPOINT,
        PROFILES,
        PROBE
    }

    /** Ends a tenure; the partition decides when the next one begins. */
    static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Over(String why) {
            super(why);
        }

        Over(String why, Throwable cause) {
            super(why, cause);
        }
    }

    private static final int QUESTIONS_MAX = 1_000;

    private final ActorContext<Command> context;
    private final StashBuffer<Command> questions;
    private final LogPartition source;
    private final PartitionPorts ports;
    private final ActorRef<Partition.Command> partition;

    private Tenure(
            ActorContext<Command> context,
            StashBuffer<Command> questions,
            LogPartition source,
            PartitionPorts ports,
            ActorRef<Partition.Command> partition) {
        this.context = context;
        this.questions = questions;
        this.source = source;
        this.ports = ports;
        this.partition = partition;
    }

    static Behavior<Command> create(LogPartition source, PartitionPorts ports, ActorRef<Partition.Command> partition) {
        return Behaviors.withStash(
                QUESTIONS_MAX,
                questions -> Behaviors.setup(context -> {
                    var tenure = new Tenure(context, questions, source, ports, partition);
                    return tenure.take(new Opening.Begin(UUID.randomUUID()));
                }));
    }

    private Behavior<Command> take(Opening step) {
        var taken = new Taking(step);
        outside(
                context,
                ports,
                "opening at " + step.getClass().getSimpleName(),
                () -> taken.next(source, ports),
                Stepped::new);
        return Behaviors.receive(Command.class)
                .onMessage(Stepped.class, stepped -> stepped(stepped.opening()))
                .onMessage(Leave.class, leave -> Behaviors.stopped())
                .onSignal(PostStop.class, stopped -> {
                    taken.abandon();
                    return Behaviors.same();
                })
                .onMessage(Failed.class, failed -> {
                    step.release(); // else every new try would leave a producer behind
                    alarm(partition, failed.cause());
                    throw new Over(failed.what(), failed.cause());
                })
                .onMessage(Asked.class, asked -> {
                    if (!(asked.question() instanceof Partition.Wake)) {
                        questions.stash(asked); // wakes come several times a second
                    }
                    return Behaviors.same();
                })
                .build();
    }

    /** A step that is being taken, perhaps for nobody any more: then what it opens is closed again. */
    private static final class Taking {
        private Opening latest;
        private boolean abandoned;

        Taking(Opening step) {
            this.latest = step;
        }

        Opening next(LogPartition source, PartitionPorts ports) {
            return taken(latest().next(source, ports));
        }

        private synchronized Opening latest() {
            return latest;
        }

        private synchronized Opening taken(Opening next) {
            latest = next;
            if (abandoned) {
                next.release();
            }
            return next;
        }

        synchronized void abandon() {
            abandoned = true;
            latest.release();
        }
    }

    private Behavior<Command> stepped(Opening opening) {
        opening.reached().ifPresent(step -> ports.steps().reached(source.toString(), step));
        return switch (opening) {
            case Opening.Refused refused -> {
                refused.release();
                if (refused.alarm()) {
                    partition.tell(new Partition.Alarmed(refused.why()));
                    yield Behaviors.stopped();
                }
                throw new Over(refused.why());
            }
            case Opening.Opened opened ->
                questions.unstashAll(
                        Behaviors.withTimers(timers -> new Running(context, timers, source, ports, partition, opened)));
            case Opening.Begin step -> take(step);
            case Opening.Owned step -> take(step);
            case Opening.Fenced step -> take(step);
            case Opening.Known step -> take(step);
            case Opening.Aware step -> take(step);
        };
    }

    /** Tells the partition to stand still where only a person can decide what is to be done. */
    static void alarm(ActorRef<Partition.Command> partition, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RangeMissing missing) {
                partition.tell(new Partition.Alarmed(String.valueOf(missing.getMessage())));
            }
        }
    }

    /** Runs a call that waits for something outside, away from the dispatcher of the actors. */
    static <T> void outside(
            ActorContext<Command> context,
            PartitionPorts ports,
            String what,
            Supplier<T> call,
            Function<T, Command> told) {
        outside(context, ports, call, told, failure -> new Failed(what, failure));
    }

    static <T> void outside(
            ActorContext<Command> context,
            PartitionPorts ports,
            Supplier<T> call,
            Function<T, Command> told,
            Function<Throwable, Command> failed) {
        context.pipeToSelf(
                CompletableFuture.supplyAsync(call, ports.blocking()),
                (value, failure) -> failure == null ? told.apply(value) : failed.apply(failure));
    }
}
