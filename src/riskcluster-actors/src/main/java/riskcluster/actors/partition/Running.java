package riskcluster.actors.partition;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.KillSwitch;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import riskcluster.actors.alert.Publisher;
import riskcluster.actors.partition.Tenure.Command;
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
    private final Calls calls;
    private final Meters meters;
    private final RoundQueue rounds = new RoundQueue();
    private final Recent recent = new Recent();
    private final ActorRef<Publisher.Command> publisher;
    private final ActorRef<Writer.Command> writer;
    private final KillSwitch log;
    private @Nullable ActorRef<Tenure.Taken> unanswered;
    private boolean loading;
    private int openFiles;
    private Optional<String> waitsFor = Optional.empty();
    private final TimerScheduler<Command> timers;
    private final Outage outage = new Outage();
    private final Resting resting;
    private long leavingAt = Long.MAX_VALUE;
    private final AlertPace alertPace;

    Running(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            LogPartition source,
            PartitionPorts ports,
            ActorRef<Partition.Command> partition,
            Opening.Opened opened) {
        super(context);
        context.setLoggerName(Running.class);
        this.timers = timers;
        this.source = source;
        this.ports = ports;
        this.partition = partition;
        this.owner = opened.owner();
        this.meters = new Meters(source, ports, opened.cursors().data());
        this.calls = new Calls(context, source, ports, owner);
        var cursors = opened.cursors();
        this.seats = new Seats(
                new CustomerActors(context, ports.scorer())::spawn,
                ports.pace().customersMax(),
                cursors.partitionState().length > 0);
        var state = PartitionState.decode(cursors.partitionState());
        this.progress = new Progress(
                cursors.profile(),
                opened.alertCursor(),
                cursors.data(),
                state,
                ports.anomalies().map(rule -> Followers.of(rule, ports.star(), seats, state)));
        this.alertPace = new AlertPace(progress.position());
        this.publisher = Outputs.publisher(context, source, ports, opened.channel());
        this.writer = Outputs.writer(context, source, ports, owner);
        this.resting = new Resting(source, opened.pause());
        this.log = PartitionStream.run(context, source, ports, opened);
        meters.begun();
        timers.startTimerWithFixedDelay(Tenure.Due.ALERTS, ports.pace().alert());
        Pace.repeat(timers, Tenure.Due.CHECKPOINT, ports.pace().checkpoint(), source);
        Pace.repeat(timers, Tenure.Due.PROFILES, ports.pace().profile(), source);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Tenure.Arrived.class, this::arrived)
                .onMessage(Tenure.Waits.class, waits -> waits(waits.rest()))
                .onMessage(Tenure.RoundDone.class, done -> settle())
                .onMessage(Tenure.Loaded.class, this::loaded)
                .onMessage(Tenure.AlertsCommitted.class, this::alertsCommitted)
                .onMessage(Tenure.Reported.class, told -> reported(told.report()))
                .onMessage(Tenure.Saved.class, this::saved)
                .onMessage(Tenure.Due.class, this::due)
                .onMessage(Tenure.Asked.class, asked -> answer(asked.question()))
                .onMessage(Tenure.Streaming.class, streaming -> acknowledge(streaming.ack()))
                .onMessage(Tenure.Leave.class, leave -> leave())
                .onMessage(Tenure.Failed.class, this::failed)
                .onMessage(Tenure.Unanswered.class, call -> suspend(call.what(), call.cause()))
                .onMessage(Tenure.Probed.class, this::probed)
                .onMessage(Tenure.Looked.class, this::looked)
                .onSignal(ChildFailed.class, this::childFailed)
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

    private Behavior<Command> waits(Optional<Rounds.Rest> rest) {
        var why = rest.map(Rounds.Rest::why);
        if (!why.equals(waitsFor)) {
            waitsFor = why;
            var log = getContext().getLog();
            rest.ifPresentOrElse(
                    at -> Lines.of(log, Level.ERROR, at.first())
                            .log("ALARM partition {} waits at {}", source, at.why()),
                    () -> Lines.of(log, Level.INFO, source).log("partition {} goes on", source));
        }
        return this;
    }

    private Behavior<Command> arrived(Tenure.Arrived arrived) {
        rounds.arrived(arrived.round());
        meters.arrived(arrived.round());
        unanswered = arrived.ack();
        return goOn();
    }

    /** Sends what can be sent to the customers, and lets the stream go on while there is room. */
    private Behavior<Command> goOn() {
        while (!loading && !resting.isOn() && rounds.next().isPresent()) {
            var round = rounds.next().get();
            var missing = seats.missing(round);
            if (!missing.isEmpty()) {
                loading = true;
                calls.load(missing, progress.profilesSaved());
                break;
            }
            rounds.sent();
            seats.send(round);
        }
        var ack = unanswered;
        if (ack != null && hasRoom()) {
            unanswered = null;
            ack.tell(Tenure.Taken.TAKEN);
        }
        return this;
    }

    private boolean hasRoom() {
        return !resting.isOn()
                && (outage.isOn() || rounds.hasRoomForRows())
                && rounds.hasRoom()
                && progress.unsealed() < Outage.UNSEALED_MAX;
    }

    private Behavior<Command> childFailed(ChildFailed child) {
        if (child.getRef().path().equals(writer.path())) {
            return suspend("writing rows of " + source, child.getCause());
        }
        throw new Tenure.Over(child.getRef().path().name() + " failed", child.getCause());
    }

    /** Nothing more is sealed or saved by this tenure; it ends when there is somebody to seal with again. */
    private Behavior<Command> suspend(String what, Throwable cause) {
        if (outage.begin(what, cause)) {
            Lines.of(getContext().getLog(), Level.ERROR, source)
                    .setCause(cause)
                    .log("ALARM partition {}: {}", source, outage.why().orElseThrow());
            timers.startSingleTimer(Tenure.Due.PROBE, Outage.PROBE_EVERY);
        }
        return goOn();
    }

    private Behavior<Command> probed(Tenure.Probed probed) {
        if (probed.answered()) {
            throw new Tenure.Over("Postgres and the store answer: what is not sealed is read again");
        }
        timers.startSingleTimer(Tenure.Due.PROBE, Outage.PROBE_EVERY);
        return this;
    }

    private Behavior<Command> looked(Tenure.Looked looked) {
        if (!looked.ours()) {
            throw new Tenure.Over(source + " has a newer owner than epoch " + owner.epoch());
        }
        calls.looked();
        if (resting.hear(looked.pause())) {
            calls.tellRest(resting, rounds, progress);
        }
        meters.resting(resting.isOn(), looked.end(), progress.position());
        goOn();
        return goesOrStays();
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

    private Behavior<Command> alertsCommitted(Tenure.AlertsCommitted told) {
        long cursor = told.committed().cursor();
        rounds.committed(cursor);
        meters.alertsCommitted(cursor);
        act(progress.alertsCommitted(cursor));
        goOn();
        return goesOrStays();
    }

    private Behavior<Command> act(List<Effect> effects) {
        effects.forEach(this::act);
        return this;
    }

    private void act(Effect effect) {
        switch (effect) {
            case Effect.Publish(var loud) -> {
                rounds.publishing(progress.position(), loud.size());
                publisher.tell(new Publisher.Publish(loud));
                meters.published(loud);
            }
            case Effect.CommitAlerts(var cursor) ->
                publisher.tell(new Publisher.Commit(cursor, progress.note(owner.epoch())));
            case Effect.Write write when outage.isOn() -> {}
            case Effect.Seal seal when outage.isOn() -> {}
            case Effect.Write(var records, var to, var watermark) -> {
                rounds.writing(records);
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
                calls.save(save);
            }
        }
    }

    private Behavior<Command> reported(Writer.Report report) {
        if (outage.isOn()) {
            return this; // what is sealed is looked up by the next tenure
        }
        switch (report) {
            case Writer.Written written -> {
                rounds.written();
                openFiles = written.openFiles();
            }
            case Writer.Sealed(var answer, var to) -> {
                mustBeDone(answer, "the checkpoint that ends at " + to);
                meters.sealed();
                partition.tell(new Partition.Settled());
                act(progress.sealed(to));
                goOn();
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
        calls.tellRest(resting, rounds, progress);
        return goesOrStays();
    }

    /** What is saved now is not scored again by the next owner. Records flow on until it is. */
    private Behavior<Command> leave() {
        leavingAt = progress.position();
        return goesOrStays();
    }

    private Behavior<Command> goesOrStays() {
        if (leavingAt == Long.MAX_VALUE) {
            return resting.isOn() ? act(progress.leaveDue()) : this;
        }
        if (progress.profilesSaved() >= leavingAt) {
            log.shutdown();
            meters.gone();
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
                    case ALERTS -> alertPace.isTime(progress.position()) ? progress.alertsDue() : List.of();
                    case CHECKPOINT -> checkpointDue();
                    case PROFILES -> progress.profilesDue();
                    case PROBE -> {
                        calls.probe();
                        yield List.of();
                    }
                });
    }

    private List<Effect> checkpointDue() {
        if (outage.checkpointWaited(progress.isSealing(), rounds.hasRoomForRows())) {
            suspend("the seal of " + source, new IllegalStateException("none came in time"));
        }
        meters.standing(
                rounds.inFlight(progress.unsealed(), progress.profilesUnsaved(), openFiles),
                waitsFor.or(outage::why).isPresent());
        return progress.checkpointDue();
    }

    private Behavior<Command> answer(Partition.Command question) {
        switch (question) {
            case Partition.AwaitOutcome(var offset, var replyTo) ->
                recent.await(offset, progress.position(), outcome -> replyTo.tell(new Partition.OutcomeShown(outcome)));
            case Partition.ShowCustomer(var userId, var replyTo) ->
                calls.show(userId, seats.customer(userId), progress.profilesSaved(), replyTo);
            case Partition.Describe(var replyTo) ->
                replyTo.tell(
                        progress.describe(source, owner.epoch(), seats.size()).alarmed(waitsFor.or(outage::why)));
            case Partition.Wake wake -> calls.woken(resting, rounds, progress);
            case Partition.Leave leave -> {}
            case Partition.Settled settled -> {}
            case Partition.Begin begin -> {}
            case Partition.Alarmed alarmed -> {}
            case Partition.Overdue overdue -> {}
        }
        return this;
    }

    private Behavior<Command> failed(Tenure.Failed failed) {
        Tenure.alarm(partition, failed.cause());
        throw new Tenure.Over(failed.what(), failed.cause());
    }
}
