package riskcluster.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.coordination.lease.kubernetes.NativeKubernetesLease;
import riskcluster.node.tls.ClusterTls;

/** What the actor system of a node is told, on top of {@code application.conf}. */
public final class ActorSettings {

    /** Where extensions, which are found by name and told nothing, read the number of partitions. */
    public static final String PARTITIONS = "riskcluster.partitions";

    private static final String BOOTSTRAP = "pekko.management.cluster.bootstrap.";
    private static final String DISCOVERY = BOOTSTRAP + "contact-point-discovery.";
    private static final String RESOLVER = "pekko.cluster.split-brain-resolver.";
    private static final String LEASE = "pekko.coordination.lease.kubernetes";
    private static final String SERVICE = "riskcluster";

    /**
     * A node that was told of members joins through those alone, and asks nobody else any more. Where they have died
     * meanwhile, and wait for this very node to found the cluster again, only its end and a new start help.
     */
    private static final Duration JOINED_MAX = Duration.ofSeconds(15);

    private static final String JOINED_MAX_KEY = "pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes";

    private ActorSettings() {}

    static Config of(NodeConfig config) {
        var told = new HashMap<String, Object>();
        told.put(PARTITIONS, config.partitions());
        membership(config.membership(), told);
        join(config, told);
        config.doors().ifPresent(doors -> {
            told.put("pekko.management.http.hostname", doors.management().host());
            told.put("pekko.management.http.port", doors.management().port());
            told.put(
                    "pekko.management.http.bind-hostname",
                    doors.managementBind().host());
            told.put("pekko.management.http.bind-port", doors.managementBind().port());
            // a node that is given up by the others, or cannot go on, ends its process
            told.put("pekko.coordinated-shutdown.exit-jvm", "on");
            told.put("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "on");
        });
        return ConfigFactory.parseMap(told, "NodeConfig").withFallback(ConfigFactory.load());
    }

    private static void membership(Membership membership, Map<String, Object> told) {
        told.put("pekko.remote.artery.canonical.hostname", membership.address().host());
        told.put("pekko.remote.artery.canonical.port", membership.address().port());
        told.put("pekko.remote.artery.bind.hostname", membership.bind().host());
        told.put("pekko.remote.artery.bind.port", membership.bind().port());
        told.put("pekko.cluster.failure-detector.acceptable-heartbeat-pause", membership.heartbeatPause());
        told.put("pekko.cluster.split-brain-resolver.stable-after", membership.stableAfter());
        membership.tls().map(ClusterTls::settings).ifPresent(told::putAll);
    }

    private static void join(NodeConfig config, Map<String, Object> told) {
        switch (config.membership().join()) {
            case Membership.Alone alone -> {}
            case Membership.Seeds seeds -> {}
            case Membership.Contacts(var nodes, var contactsMin) -> {
                told.put(JOINED_MAX_KEY, JOINED_MAX);
                told.put(DISCOVERY + "discovery-method", "config");
                told.put(DISCOVERY + "service-name", SERVICE);
                told.put(DISCOVERY + "required-contact-point-nr", contactsMin);
                // those of the list that are down now must not keep the others from founding a cluster
                told.put(DISCOVERY + "contact-with-all-contact-points", "off");
                told.put(BOOTSTRAP + "contact-point.filter-on-fallback-port", "off");
                told.put("pekko.discovery.config.services." + SERVICE + ".endpoints", endpoints(nodes));
            }
            case Membership.Dns(var name, var portName, var contactsMin) -> {
                told.put(JOINED_MAX_KEY, JOINED_MAX);
                told.put(DISCOVERY + "discovery-method", "pekko-dns");
                told.put(DISCOVERY + "service-name", name);
                told.put(DISCOVERY + "port-name", portName.orElse(""));
                told.put(DISCOVERY + "required-contact-point-nr", contactsMin);
                told.put(DISCOVERY + "contact-with-all-contact-points", "off");
            }
            case Membership.Kubernetes pods -> kubernetes(pods, LeaseName.of(config.cluster()), told);
        }
    }

    private static void kubernetes(Membership.Kubernetes pods, String leaseName, Map<String, Object> told) {
        told.put(JOINED_MAX_KEY, JOINED_MAX);
        told.put(DISCOVERY + "discovery-method", "kubernetes-api");
        told.put(DISCOVERY + "service-name", SERVICE);
        told.put(DISCOVERY + "port-name", "management");
        told.put(DISCOVERY + "required-contact-point-nr", pods.contactsMin());
        // a pod that cannot start must not keep the others from founding a cluster
        told.put(DISCOVERY + "contact-with-all-contact-points", "off");
        told.put("pekko.discovery.kubernetes-api.pod-label-selector", pods.selector());
        // nodes are known by the addresses of their pods, which need no name server
        told.put("pekko.discovery.kubernetes-api.use-raw-ip", "on");
        if (pods.lease()) {
            told.put(RESOLVER + "active-strategy", "lease-majority");
            told.put(RESOLVER + "lease-majority.lease-implementation", LEASE);
            told.put(RESOLVER + "lease-majority.lease-name", leaseName);
            // Kubernetes' own leases: the library's other kind wants a resource definition installed first
            told.put(LEASE + ".lease-class", NativeKubernetesLease.class.getName());
        }
    }

    private static List<Map<String, Object>> endpoints(List<HostPort> nodes) {
        return nodes.stream()
                .<Map<String, Object>>map(node -> Map.of("host", node.host(), "port", node.port()))
                .toList();
    }
}
