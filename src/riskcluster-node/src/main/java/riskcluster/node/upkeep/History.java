package riskcluster.node.upkeep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import riskcluster.lakehouse.maintain.MaintenanceRun;

/** What maintenance did, event-sourced, so that it outlives every node; the newest runs are at hand. */
public final class History extends EventSourcedBehavior<History.Command, History.Recorded, History.Kept> {

    /** Runs that can be asked for. */
    static final int RUNS_KEPT = 500;

    private static final int EVENTS_PER_SNAPSHOT = 200;
    private static final int SNAPSHOTS_KEPT = 2;

    /** Where Postgres does not answer; what is told meanwhile waits. */
    private static final BackoffSupervisorStrategy RESTART =
            SupervisorStrategy.restartWithBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2);

    public sealed interface Command {}

    /** Something was done. */
    public record Record(MaintenanceRun run) implements Command {}

    /** The newest runs, the newest first. */
    public record Recent(int limit, ActorRef<Told> replyTo) implements Command {}

    /** The answer to {@link Recent}. */
    public record Told(List<MaintenanceRun> runs) implements Upkeep.Reply {
        public Told {
            runs = List.copyOf(runs);
        }
    }

    /** The event: one run of maintenance. */
    public record Recorded(MaintenanceRun run) {}

    /** The state: the newest runs, the oldest first. */
    public record Kept(List<MaintenanceRun> runs) {
        public Kept {
            runs = List.copyOf(runs);
        }

        Kept with(MaintenanceRun run) {
            var next = new ArrayList<>(runs.subList(Math.max(0, runs.size() - RUNS_KEPT + 1), runs.size()));
            next.add(run);
            return new Kept(next);
        }

        List<MaintenanceRun> newest(int limit) {
            return runs.reversed().stream().limit(limit).toList();
        }
    }

    private History() {
        super(PersistenceId.ofUniqueId("upkeep-history"), RESTART);
    }

    /** The one history of the cluster's maintenance. */
    public static Behavior<Command> create() {
        return new History();
    }

    @Override
    public Kept emptyState() {
        return new Kept(List.of());
    }

    @Override
    public CommandHandler<Command, Recorded, Kept> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Record.class, record -> Effect().persist(new Recorded(record.run())))
                .onCommand(Recent.class, (kept, recent) -> {
                    recent.replyTo().tell(new Told(kept.newest(recent.limit())));
                    return Effect().none();
                })
                .build();
    }

    @Override
    public EventHandler<Kept, Recorded> eventHandler() {
        return newEventHandlerBuilder()
                .forAnyState()
                .onEvent(Recorded.class, (kept, recorded) -> kept.with(recorded.run()))
                .build();
    }

    /** Old events go with the snapshot that holds what is kept of them. */
    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, SNAPSHOTS_KEPT)
                .withDeleteEventsOnSnapshot();
    }
}
