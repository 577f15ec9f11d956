package riskcluster.node.operate;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.jspecify.annotations.Nullable;
import riskcluster.node.view.ClusterView;
import riskcluster.node.view.Reply;

/** An actor system that can be a member of a cluster, with its operators' interface on any free port. */
public final class OneNode implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final ActorSystem<Void> system;
    private final OperatorServer operator;
    private final RestingAtOnce pauses = new RestingAtOnce();
    private volatile @Nullable String alarm;
    private @Nullable TestProbe<Void> probe;

    private OneNode(Behavior<Void> guardian) {
        var config = ConfigFactory.parseString("""
            pekko.loglevel = OFF
            pekko.stdout-loglevel = OFF
            pekko.cluster {
              gossip-interval = 50ms
              leader-actions-interval = 50ms
              periodic-tasks-initial-delay = 50ms
              unreachable-nodes-reaper-interval = 100ms
              failure-detector { heartbeat-interval = 100ms, acceptable-heartbeat-pause = 1s }
              run-coordinated-shutdown-when-down = on
            }
            pekko.coordinated-shutdown.run-by-actor-system-terminate = off
            """).withFallback(ConfigFactory.load());
        system = ActorSystem.create(guardian, "riskcluster", config);
        operator = Operator.bind(
                system, "127.0.0.1", 0, () -> CompletableFuture.completedFuture(Reply.of(view())), pauses);
    }

    /** A node that is no member yet. */
    public static OneNode alone() {
        return new OneNode(Behaviors.empty());
    }

    /** A node with these actors that is a cluster of its own. */
    public static OneNode up(Behavior<Void> guardian) {
        var node = new OneNode(guardian);
        node.cluster().manager().tell(Join.create(node.cluster().selfMember().address()));
        node.await(() -> node.cluster().selfMember().status().equals(MemberStatus.up()));
        return node;
    }

    private ClusterView view() {
        return new ClusterView(
                "test", Members.of(system), List.of(new ClusterView.Place(0, 3, 120, 118, 100, 80, 17, alarm)));
    }

    /** From here on its partition waits for a person. */
    public void raise(@Nullable String what) {
        alarm = what;
    }

    public ActorSystem<Void> system() {
        return system;
    }

    public Cluster cluster() {
        return Cluster.get(system);
    }

    /** Where operators are answered. */
    public String operator() {
        return operator.address();
    }

    /** Its address as a member. */
    public String address() {
        return cluster().selfMember().address().toString();
    }

    /** Waits until it is so; a node that is ending can be waited for by one that has waited before, or by another. */
    public void await(BooleanSupplier so) {
        var waiting = probe;
        if (waiting == null) {
            waiting = TestProbe.create(system);
            probe = waiting;
        }
        waiting.awaitAssert(SOON, () -> {
            if (!so.getAsBoolean()) {
                throw new AssertionError("not yet");
            }
            return true;
        });
    }

    /** Stops without leaving, as a killed process does. */
    @Override
    public void close() {
        operator.close();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
