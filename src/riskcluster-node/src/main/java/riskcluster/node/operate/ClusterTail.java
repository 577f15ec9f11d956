package riskcluster.node.operate;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.apache.pekko.cluster.typed.Unsubscribe;
import riskcluster.node.operate.protocol.CommandPage;

/** The command that follows what happens to the members. */
final class ClusterTail {

    /** Many more than a cluster has members; who reads slower than they change is told so. */
    private static final int HELD_MAX = 1_000;

    private static final long LIVE_EVERY_SECONDS = 10;

    private final ActorSystem<?> system;
    private final Clock clock;
    private final AtomicLong followers = new AtomicLong();

    ClusterTail(ActorSystem<?> system, Clock clock) {
        this.system = system;
        this.clock = clock;
    }

    Command command() {
        return new Command(
                CommandPage.follows("tail", "Prints the members, and then each change, until Ctrl-C."), this::follow);
    }

    /** One change: when this node saw it, what it is, and of whom. */
    record Change(String time, String event, String address) {

        String line() {
            return "%s  %-11s  %s".formatted(time, event, address);
        }
    }

    private void follow(Arguments arguments, Answer answer) throws InterruptedException {
        var changes = new ArrayBlockingQueue<Change>(HELD_MAX);
        var lost = new AtomicBoolean();
        var name = "operator-tail-" + followers.incrementAndGet();
        var ear = system.systemActorOf(listening(changes, lost), name, Props.empty());
        try {
            while (!lost.get()) {
                var change = changes.poll(LIVE_EVERY_SECONDS, TimeUnit.SECONDS);
                if (change == null) {
                    answer.live();
                } else {
                    answer.follow(change, change::line);
                }
            }
            throw CommandRefused.failed("the changes were read too slowly, and some are lost");
        } finally {
            ear.tell(new Stop());
        }
    }

    private sealed interface Heard {}

    private record Event(ClusterDomainEvent event) implements Heard {}

    private record Stop() implements Heard {}

    private Behavior<Heard> listening(BlockingQueue<Change> changes, AtomicBoolean lost) {
        return Behaviors.setup(context -> {
            var subscriptions = Cluster.get(context.getSystem()).subscriptions();
            var events = context.messageAdapter(ClusterDomainEvent.class, Event::new);
            // Each begins with what is, as if it had just happened.
            subscriptions.tell(Subscribe.create(events.narrow(), ClusterEvent.MemberEvent.class));
            subscriptions.tell(Subscribe.create(events.narrow(), ClusterEvent.ReachabilityEvent.class));
            subscriptions.tell(Subscribe.create(events.narrow(), ClusterEvent.LeaderChanged.class));
            return Behaviors.receive(Heard.class)
                    .onMessage(Event.class, heard -> {
                        change(heard.event())
                                .filter(each -> !changes.offer(each))
                                .ifPresent(each -> lost.set(true));
                        return Behaviors.same();
                    })
                    .onMessage(Stop.class, stop -> {
                        subscriptions.tell(new Unsubscribe<>(events));
                        return Behaviors.stopped();
                    })
                    .build();
        });
    }

    private Optional<Change> change(ClusterDomainEvent event) {
        return switch (event) {
            case ClusterEvent.LeaderChanged changed ->
                Optional.of(change(
                        "leader",
                        Optional.ofNullable(changed.getLeader())
                                .map(Object::toString)
                                .orElse("none")));
            case ClusterEvent.ReachabilityEvent seen ->
                Optional.of(change(
                        seen instanceof ClusterEvent.UnreachableMember ? "unreachable" : "reachable",
                        seen.member().address().toString()));
            case ClusterEvent.MemberEvent changed ->
                Optional.of(change(
                        changed.member().status().toString().toLowerCase(Locale.ROOT),
                        changed.member().address().toString()));
            default -> Optional.empty();
        };
    }

    private Change change(String event, String address) {
        return new Change(Instant.now(clock).truncatedTo(ChronoUnit.MILLIS).toString(), event, address);
    }
}
