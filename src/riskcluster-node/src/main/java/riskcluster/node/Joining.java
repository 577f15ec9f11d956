package riskcluster.node;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.apache.pekko.management.javadsl.PekkoManagement;

/** How a node becomes a member of its cluster. */
final class Joining {

    private static final Duration MANAGEMENT_MAX = Duration.ofSeconds(20);

    private Joining() {}

    /**
     * Opens the management door, through which nodes also find each other, and begins to join.
     *
     * @throws IllegalArgumentException where the door's address cannot be listened at
     */
    static void begin(ActorSystem<?> system, NodeConfig config) {
        config.doors().ifPresent(doors -> openManagement(system, doors));
        var cluster = Cluster.get(system);
        switch (config.membership().join()) {
            case Membership.Alone alone ->
                cluster.manager().tell(Join.create(cluster.selfMember().address()));
            case Membership.Seeds(var nodes) ->
                cluster.manager()
                        .tell(new JoinSeedNodes(nodes.stream()
                                .map(node -> new Address("pekko", system.name(), node.host(), node.port()))
                                .toList()));
            case Membership.Contacts contacts -> ClusterBootstrap.get(system).start();
            case Membership.Dns dns -> ClusterBootstrap.get(system).start();
            case Membership.Kubernetes pods -> ClusterBootstrap.get(system).start();
        }
    }

    private static void openManagement(ActorSystem<?> system, NodeConfig.Doors doors) {
        try {
            var opened = PekkoManagement.get(system).start().toCompletableFuture();
            opened.orTimeout(MANAGEMENT_MAX.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalArgumentException(
                    "management.address is '" + doors.management() + "', allowed: an address that is free here ("
                            + e.getMessage() + ")",
                    e);
        }
    }
}
