package riskcluster.actors.partition;

import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import riskcluster.actors.customer.Round;
import riskcluster.actors.score.NewerVersion;
import riskcluster.actors.score.Profile;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;

/**
 * The sharded entity of one input partition. It runs one tenure after the other: whatever goes wrong ends the tenure,
 * and the next one takes a new epoch and looks where things stand.
 */
public final class Partition {

    public sealed interface Command {}

    /** Be there. Sent to every partition again and again, so that each has a place after any change of members. */
    public record Wake() implements Command {}

    /** Tell the live profile of a customer. */
    public record ShowCustomer(String userId, ActorRef<CustomerShown> replyTo) implements Command {}

    /** Tell the outcome of the record at this offset, now or when it comes. */
    public record AwaitOutcome(long offset, ActorRef<OutcomeShown> replyTo) implements Command {}

    /** Tell how this partition is. */
    public record Describe(ActorRef<Described> replyTo) implements Command {}

    /** Hand everything over and go. */
    public record Leave() implements Command {}

    /** Start the next tenure. */
    record Begin() implements Command {}

    /** The running tenure has sealed something: what went wrong before is over. */
    record Settled() implements Command {}

    /** The running tenure can only be gone on with by a person. */
    record Alarmed(String why) implements Command {}

    /** Whoever takes over waits no longer. */
    record Overdue() implements Command {}

    /** What a partition answers. */
    public sealed interface Reply {}

    /** A customer's live profile; empty where this partition does not know him. */
    public record CustomerShown(LogPartition source, Optional<Profile> profile) implements Reply {}

    /** A record's outcome; empty where it lies too far back to be remembered. */
    public record OutcomeShown(Optional<Outcome> outcome) implements Reply {}

    /** @param alarm why it stands still or waits; empty where it does not */
    public record Described(
            LogPartition source,
            long epoch,
            long position,
            long alertCursor,
            long dataCursor,
            long profileCursor,
            int customers,
            Optional<String> alarm)
            implements Reply {

        /** The same with this alarm. */
        Described alarmed(Optional<String> why) {
            return new Described(source, epoch, position, alertCursor, dataCursor, profileCursor, customers, why);
        }
    }

    /** A bug that throws at a record would start the partition again for ever. */
    private static final int STRIKES_MAX = 3;

    private static final Duration RESTART_MIN = Duration.ofMillis(500);
    private static final Duration RESTART_MAX = Duration.ofSeconds(30);

    /** For sealing and saving before going: records flow on meanwhile, so it costs the next owner nothing. */
    private static final Duration LEAVE_MAX = Duration.ofSeconds(4);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final LogPartition source;
    private final PartitionPorts ports;
    private Duration pause = RESTART_MIN;
    private String struck = "";
    private int strikes;

    private Partition(
            ActorContext<Command> context, TimerScheduler<Command> timers, LogPartition source, PartitionPorts ports) {
        this.context = context;
        this.timers = timers;
        this.source = source;
        this.ports = ports;
    }

    /** A partition that takes its epoch at once. */
    public static Behavior<Command> create(LogPartition source, PartitionPorts ports) {
        return Behaviors.setup(context -> {
            context.setLoggerName(Partition.class);
            return Behaviors.withTimers(timers -> new Partition(context, timers, source, ports).begin());
        });
    }

    private Behavior<Command> begin() {
        var tenure = context.spawnAnonymous(Tenure.create(source, ports, context.getSelf()));
        context.watch(tenure);
        return running(tenure);
    }

    private Behavior<Command> running(ActorRef<Tenure.Command> tenure) {
        return Behaviors.receive(Command.class)
                .onMessage(Wake.class, wake -> pass(tenure, new Tenure.Asked(wake)))
                .onMessage(Begin.class, begin -> Behaviors.same())
                .onMessage(Leave.class, leave -> leaving(tenure))
                .onMessage(Settled.class, settled -> settled())
                .onMessage(
                        Alarmed.class,
                        alarmed -> halted(alarmed.why(), Lines.of(context.getLog(), Level.ERROR, source)))
                .onMessage(ShowCustomer.class, show -> pass(tenure, new Tenure.Asked(show)))
                .onMessage(AwaitOutcome.class, await -> pass(tenure, new Tenure.Asked(await)))
                .onMessage(Describe.class, describe -> pass(tenure, new Tenure.Asked(describe)))
                .onSignal(ChildFailed.class, failed -> again(failed.getCause()))
                .onSignal(Terminated.class, ended -> again(new IllegalStateException("the tenure ended")))
                .build();
    }

    /** Lets the tenure put in order what it can; what it cannot, the next owner scores again. */
    private Behavior<Command> leaving(ActorRef<Tenure.Command> tenure) {
        tenure.tell(new Tenure.Leave());
        timers.startSingleTimer(new Overdue(), LEAVE_MAX);
        return Behaviors.receive(Command.class)
                .onMessage(Overdue.class, overdue -> Behaviors.stopped())
                .onMessage(ShowCustomer.class, show -> pass(tenure, new Tenure.Asked(show)))
                .onMessage(AwaitOutcome.class, await -> pass(tenure, new Tenure.Asked(await)))
                .onMessage(Describe.class, describe -> pass(tenure, new Tenure.Asked(describe)))
                .onAnyMessage(other -> Behaviors.same())
                .onSignal(ChildFailed.class, failed -> Behaviors.stopped())
                .onSignal(Terminated.class, ended -> Behaviors.stopped())
                .build();
    }

    private Behavior<Command> settled() {
        pause = RESTART_MIN;
        return Behaviors.same();
    }

    private Behavior<Command> pass(ActorRef<Tenure.Command> tenure, Tenure.Command command) {
        tenure.tell(command);
        return Behaviors.same();
    }

    private Behavior<Command> again(Throwable cause) {
        if (cause instanceof Round.Unscorable bug && strikesAt(bug) >= STRIKES_MAX) {
            return halted(
                    bug.getMessage() + ", " + STRIKES_MAX + " times in a row; mend the program, or set it aside",
                    Lines.of(context.getLog(), Level.ERROR, bug.record()).setCause(bug));
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof NewerVersion newer) {
                return halted(
                        "it is given up: " + newer.getMessage(),
                        Lines.of(context.getLog(), Level.ERROR, source).setCause(newer));
            }
        }
        var line = cause instanceof Round.Unscorable bug
                ? Lines.of(context.getLog(), Level.WARN, bug.record())
                : Lines.of(context.getLog(), Level.WARN, source);
        line.log("partition {} starts again in {} ms: {}", source, pause.toMillis(), cause.toString());
        timers.startSingleTimer(new Begin(), pause);
        var doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(RESTART_MAX) > 0 ? RESTART_MAX : doubled;
        return waiting();
    }

    /** How often in a row this very record has ended a tenure. */
    private int strikesAt(Round.Unscorable bug) {
        strikes = bug.toString().equals(struck) ? strikes + 1 : 1;
        struck = bug.toString();
        return strikes;
    }

    private Behavior<Command> waiting() {
        return Behaviors.receive(Command.class)
                .onMessage(Begin.class, begin -> begin())
                .onMessage(
                        Alarmed.class,
                        alarmed -> halted(alarmed.why(), Lines.of(context.getLog(), Level.ERROR, source)))
                .onMessage(Leave.class, leave -> Behaviors.stopped())
                .onMessage(Describe.class, describe -> describe(describe, Optional.empty()))
                .onMessage(ShowCustomer.class, this::unknown)
                .onAnyMessage(other -> Behaviors.same())
                .build();
    }

    /** Stands still: going on by itself could lose or repeat something. */
    private Behavior<Command> halted(String why, LoggingEventBuilder line) {
        line.log("ALARM partition {} stands still: {}", source, why);
        ports.meter(source).alarmed(true);
        return Behaviors.receive(Command.class)
                .onMessage(Leave.class, leave -> Behaviors.stopped())
                .onMessage(Describe.class, describe -> describe(describe, Optional.of(why)))
                .onMessage(ShowCustomer.class, this::unknown)
                .onAnyMessage(other -> Behaviors.same())
                .onSignal(ChildFailed.class, failed -> Behaviors.same())
                .onSignal(Terminated.class, ended -> Behaviors.same())
                .build();
    }

    private Behavior<Command> describe(Describe describe, Optional<String> alarm) {
        describe.replyTo().tell(new Described(source, -1, -1, -1, -1, -1, 0, alarm));
        return Behaviors.same();
    }

    private Behavior<Command> unknown(ShowCustomer show) {
        show.replyTo().tell(new CustomerShown(source, Optional.empty()));
        return Behaviors.same();
    }
}
