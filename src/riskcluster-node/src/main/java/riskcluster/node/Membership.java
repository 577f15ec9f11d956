package riskcluster.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import riskcluster.node.tls.PemFiles;

/**
 * How a node belongs to its cluster.
 *
 * @param address where the others reach it
 * @param bind where it listens for them; differs from {@code address} behind a translated network
 * @param join how it finds the others
 * @param heartbeatPause silence of a node for longer than this makes the others call it unreachable
 * @param stableAfter an unreachable node is given up when nothing has changed for this long
 * @param tls by which nodes know each other; without it whoever reaches the address may join
 */
public record Membership(
        HostPort address,
        HostPort bind,
        Join join,
        Duration heartbeatPause,
        Duration stableAfter,
        Optional<PemFiles> tls) {

    /** Silence that a machine under load may show without being dead. */
    public static final Duration HEARTBEAT_PAUSE = Duration.ofSeconds(4);

    /** Long enough for gossip to settle, short enough for a failover within 20 seconds. */
    public static final Duration STABLE_AFTER = Duration.ofSeconds(5);

    /** A node that talks to the others without TLS. */
    public Membership(HostPort address, HostPort bind, Join join, Duration heartbeatPause, Duration stableAfter) {
        this(address, bind, join, heartbeatPause, stableAfter, Optional.empty());
    }

    /** How a node finds the others. */
    public sealed interface Join {}

    /** There are no others. */
    public record Alone() implements Join {}

    /** Through one of these; the first of them may found the cluster. */
    public record Seeds(List<HostPort> nodes) implements Join {
        public Seeds {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * Through the management addresses of this list; the lowest address founds the cluster.
     *
     * @param contactsMin so many must answer before a cluster is founded
     */
    public record Contacts(List<HostPort> nodes, int contactsMin) implements Join {
        public Contacts {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * Through the management addresses that a DNS name stands for.
     *
     * @param portName name of the port for a lookup of SRV records; without it, A records and the own management port
     */
    public record Dns(String name, Optional<String> portName, int contactsMin) implements Join {}

    /**
     * Through the pods that Kubernetes' API names, by their container port {@code management}.
     *
     * @param selector labels of the nodes' pods
     * @param lease whether, of the sides of a cut, the one that gets a lease of Kubernetes stays, not the larger one
     */
    public record Kubernetes(String selector, int contactsMin, boolean lease) implements Join {}

    /** A cluster of one, on any free port of the loopback address. */
    public static Membership alone() {
        var loopback = new HostPort("127.0.0.1", 0);
        return new Membership(loopback, loopback, new Alone(), HEARTBEAT_PAUSE, STABLE_AFTER);
    }
}
