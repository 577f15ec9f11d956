package riskcluster.actors.partition;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.KillSwitch;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.alert.Publisher;
import riskcluster.actors.customer.Customer;
import riskcluster.actors.log.RangeMissing;
import riskcluster.actors.partition.Tenure.Command;
import riskcluster.actors.score.Profile;
import riskcluster.actors.write.Writer;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.step.Step;

/** A tenure after its opening: leads rounds through the customers and does what the progress asks for. */
final class Running extends AbstractBehavior<Command> {

    private final LogPartition source;
    private final PartitionPorts ports;
    private final ActorRef<Partition.Command> partition;
    private final Ownership owner;
    private final Progress progress;
    private final Seats seats;
    private final Profiles profiles;
    private final Meters meters;
    private final RoundQueue rounds = new RoundQueue();
    private final Recent recent = new Recent();
    private final ActorRef<Publisher.Command> publisher;
    private final ActorRef<Writer.Command> writer;
    private final KillSwitch log;
    private @Nullable ActorRef<Tenure.Taken> unanswered;
    private boolean loading;
    private long leavingAt = Long.MAX_VALUE;

    Running(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            LogPartition source,
            PartitionPorts ports,
            ActorRef<Partition.Command> partition,
            Opening.Opened opened) {
        super(context);
        this.source = source;
        this.ports = ports;
        this.partition = partition;
        this.owner = opened.owner();
        this.meters = new Meters(ports.meter(source), ports.wallClockMicros());
        this.profiles = new Profiles(ports.ledger(), source, owner);
        var cursors = opened.cursors();
        this.progress = new Progress(
                cursors.profile(),
                opened.alertCursor(),
                cursors.data(),
                PartitionState.decode(cursors.partitionState()));
        this.seats = new Seats(this::seat, ports.pace().customersMax(), cursors.partitionState().length > 0);
        this.publisher = publisher(opened);
        this.writer = writer();
        this.log = PartitionStream.run(context, source, ports, opened);
        timers.startTimerWithFixedDelay(Tenure.Due.ALERTS, ports.pace().alert());
        timers.startTimerWithFixedDelay(Tenure.Due.CHECKPOINT, ports.pace().checkpoint());
        timers.startTimerWithFixedDelay(Tenure.Due.PROFILES, ports.pace().profile());
    }

    private ActorRef<Customer.Command> seat(Profile profile) {
        return getContext().spawnAnonymous(Customer.create(profile, ports.scorer()));
    }

    private ActorRef<Publisher.Command> publisher(Opening.Opened opened) {
        var told = getContext().messageAdapter(Publisher.Committed.class, Tenure.AlertsCommitted::new);
        var child = getContext()
                .spawn(
                        Publisher.create(source, opened.channel(), ports.steps(), told),
                        "publisher",
                        DispatcherSelector.fromConfig("riskcluster.blocking-dispatcher"));
        getContext().watch(child);
        return child;
    }

    private ActorRef<Writer.Command> writer() {
        var told = getContext().messageAdapter(Writer.Report.class, Tenure.Reported::new);
        var files = ports.lake().open(owner, source);
        var child = getContext()
                .spawn(
                        Writer.create(
                                source, owner, files, ports.ledger(), ports.wallClockMicros(), ports.steps(), told),
                        "writer",
                        DispatcherSelector.fromConfig("riskcluster.writer-dispatcher"));
        getContext().watch(child);
        return child;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Tenure.Arrived.class, this::arrived)
                .onMessage(Tenure.RoundDone.class, done -> settle())
                .onMessage(Tenure.Loaded.class, this::loaded)
                .onMessage(Tenure.AlertsCommitted.class, told -> {
                    act(progress.alertsCommitted(told.committed().cursor()));
                    return goesOrStays();
                })
                .onMessage(Tenure.Reported.class, told -> reported(told.report()))
                .onMessage(Tenure.Saved.class, this::saved)
                .onMessage(Tenure.Due.class, this::due)
                .onMessage(Tenure.Asked.class, asked -> answer(asked.question()))
                .onMessage(Tenure.Streaming.class, streaming -> acknowledge(streaming.ack()))
                .onMessage(Tenure.Leave.class, leave -> leave())
                .onMessage(Tenure.Failed.class, this::failed)
                .onSignal(ChildFailed.class, child -> {
                    throw new Tenure.Over(child.getRef().path().name() + " failed", child.getCause());
                })
                .onSignal(PostStop.class, stopped -> {
                    log.shutdown();
                    return this;
                })
                .build();
    }

    private Behavior<Command> acknowledge(ActorRef<Tenure.Taken> ack) {
        unanswered = ack;
        return goOn();
    }

    private Behavior<Command> arrived(Tenure.Arrived arrived) {
        rounds.arrived(arrived.round());
        unanswered = arrived.ack();
        return goOn();
    }

    /** Sends what can be sent to the customers, and lets the stream go on while there is room. */
    private Behavior<Command> goOn() {
        while (!loading && rounds.next().isPresent()) {
            var round = rounds.next().get();
            var missing = seats.missing(round);
            if (!missing.isEmpty()) {
                load(missing);
                break;
            }
            rounds.sent();
            seats.send(round);
        }
        var ack = unanswered;
        if (ack != null && rounds.hasRoom()) {
            unanswered = null;
            ack.tell(Tenure.Taken.TAKEN);
        }
        return this;
    }

    private void load(List<String> missing) {
        loading = true;
        long cursor = progress.profilesSaved();
        Tenure.outside(
                getContext(),
                ports,
                "profiles of " + missing.size() + " customers",
                () -> new Tenure.Loaded(missing, profiles.load(missing, cursor)),
                loaded -> loaded);
    }

    private Behavior<Command> loaded(Tenure.Loaded loaded) {
        loading = false;
        seats.load(loaded.wanted(), loaded.saved());
        return goOn();
    }

    /** Rounds leave in the log's order, however the customers finish. */
    private Behavior<Command> settle() {
        for (var done = rounds.takeDone(); done.isPresent(); done = rounds.takeDone()) {
            var round = done.get();
            var failure = round.failure();
            if (failure != null) {
                throw failure;
            }
            var judged = round.judged();
            ports.steps().reached(owner.scope(), Step.SCORED);
            act(progress.scored(round, judged));
            recent.add(judged, progress.position());
            meters.judged(judged, seats.size());
        }
        return goOn();
    }

    private Behavior<Command> act(List<Effect> effects) {
        effects.forEach(this::act);
        return this;
    }

    private void act(Effect effect) {
        switch (effect) {
            case Effect.Publish(var loud) -> {
                publisher.tell(new Publisher.Publish(loud));
                meters.published(loud);
            }
            case Effect.CommitAlerts(var cursor) -> publisher.tell(new Publisher.Commit(cursor));
            case Effect.Write(var records, var to, var watermark) -> {
                rounds.writing(records.size());
                writer.tell(new Writer.Write(records, to, watermark));
            }
            case Effect.Seal seal -> {
                meters.sealing(seal.records());
                writer.tell(new Writer.Seal(
                        seal.from(), seal.to(), seal.alertCursor(), seal.watermarkMicros(), seal.records()));
            }
            case Effect.Save save -> {
                meters.saving(save.changed().size());
                ports.steps().reached(owner.scope(), Step.PROFILES_CUT);
                Tenure.outside(
                        getContext(),
                        ports,
                        "saving profiles up to " + save.to(),
                        () -> new Tenure.Saved(profiles.save(save), save.to()),
                        saved -> saved);
            }
        }
    }

    private Behavior<Command> reported(Writer.Report report) {
        switch (report) {
            case Writer.Written written -> rounds.written();
            case Writer.Sealed(var answer, var to) -> {
                mustBeDone(answer, "the checkpoint that ends at " + to);
                meters.sealed();
                partition.tell(new Partition.Settled());
                act(progress.sealed(to));
                return goesOrStays();
            }
        }
        return goOn();
    }

    private Behavior<Command> saved(Tenure.Saved saved) {
        mustBeDone(saved.answer(), "the profiles up to " + saved.to());
        meters.saved();
        ports.steps().reached(owner.scope(), Step.PROFILES_SAVED);
        progress.saved(saved.to());
        seats.leave(saved.to()).forEach(getContext()::stop);
        return goesOrStays();
    }

    /** What is saved now is not scored again by the next owner. Records flow on until it is. */
    private Behavior<Command> leave() {
        leavingAt = progress.position();
        return goesOrStays();
    }

    private Behavior<Command> goesOrStays() {
        if (leavingAt == Long.MAX_VALUE) {
            return this;
        }
        if (progress.profilesSaved() >= leavingAt) {
            log.shutdown();
            return ended();
        }
        act(progress.leaveDue());
        return this;
    }

    /** Commits what was published: a transaction left open would hold the next owner up. Nothing else counts now. */
    private Behavior<Command> ended() {
        if (!progress.hasOpenAlerts()) {
            return Behaviors.stopped();
        }
        act(progress.alertsDue());
        return Behaviors.receive(Command.class)
                .onMessage(Tenure.AlertsCommitted.class, told -> {
                    progress.alertsCommitted(told.committed().cursor());
                    return ended();
                })
                .onAnyMessage(other -> Behaviors.same())
                .onSignal(ChildFailed.class, failed -> Behaviors.stopped())
                .build();
    }

    private void mustBeDone(Answer answer, String what) {
        if (answer != Answer.DONE) {
            throw new Tenure.Over(what + " of " + source + " under epoch " + owner.epoch() + ": " + answer);
        }
    }

    private Behavior<Command> due(Tenure.Due due) {
        return act(
                switch (due) {
                    case ALERTS -> progress.alertsDue();
                    case CHECKPOINT -> progress.checkpointDue();
                    case PROFILES -> progress.profilesDue();
                });
    }

    private Behavior<Command> answer(Partition.Command question) {
        switch (question) {
            case Partition.AwaitOutcome(var offset, var replyTo) ->
                recent.await(offset, progress.position(), outcome -> replyTo.tell(new Partition.OutcomeShown(outcome)));
            case Partition.ShowCustomer(var userId, var replyTo) -> show(userId, replyTo);
            case Partition.Describe(var replyTo) ->
                replyTo.tell(progress.describe(source, owner.epoch(), seats.size()));
            case Partition.Wake wake -> {}
            case Partition.Leave leave -> {}
            case Partition.Settled settled -> {}
            case Partition.Begin begin -> {}
            case Partition.Alarmed alarmed -> {}
            case Partition.Overdue overdue -> {}
        }
        return this;
    }

    private void show(String userId, ActorRef<Partition.CustomerShown> replyTo) {
        var customer = seats.customer(userId);
        if (customer.isPresent()) {
            customer.get()
                    .tell(new Customer.Show(
                            profile -> replyTo.tell(new Partition.CustomerShown(source, Optional.of(profile)))));
            return;
        }
        long cursor = progress.profilesSaved();
        ports.blocking().execute(() -> {
            var stored = profiles.load(List.of(userId), cursor);
            replyTo.tell(new Partition.CustomerShown(source, Optional.ofNullable(stored.get(userId))));
        });
    }

    private Behavior<Command> failed(Tenure.Failed failed) {
        for (Throwable cause = failed.cause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof RangeMissing missing) {
                partition.tell(new Partition.Alarmed(missing.toString()));
            }
        }
        throw new Tenure.Over(failed.what(), failed.cause());
    }
}
