package riskcluster.node;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.apache.pekko.management.javadsl.PekkoManagement;
import riskcluster.node.tls.ManagementTls;

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
        config.doors().ifPresent(doors -> openManagement(system, doors, managementTls(config, doors)));
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

    private static Optional<ManagementTls> managementTls(NodeConfig config, NodeConfig.Doors doors) {
        return config.membership().tls().filter(files -> doors.managementTls()).map(ManagementTls::new);
    }

    /** Nodes look for each other by the door's own scheme, so whoever opens it by TLS also knocks by TLS. */
    private static void openManagement(ActorSystem<?> system, NodeConfig.Doors doors, Optional<ManagementTls> tls) {
        tls.ifPresent(secure -> Http.get(system).setDefaultClientHttpsContext(secure.caller()));
        try {
            var opened = PekkoManagement.get(system)
                    .start(settings -> tls.map(ManagementTls::door)
                            .map(settings::withHttpsConnectionContext)
                            .orElse(settings))
                    .toCompletableFuture();
            opened.orTimeout(MANAGEMENT_MAX.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalArgumentException(
                    "management.address is '" + doors.management() + "', allowed: an address that is free here ("
                            + e.getMessage() + ")",
                    e);
        }
    }
}
