package riskcluster.node.production;

import java.time.Clock;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.cluster.typed.Cluster;
import riskcluster.contracts.step.Steps;
import riskcluster.node.NodeConfig;
import riskcluster.node.RiskNode;
import riskcluster.node.answers.LiveNode;
import riskcluster.node.guard.Guard;
import riskcluster.node.http.NodeHttp;
import riskcluster.node.metrics.Metrics;
import riskcluster.node.operate.Operator;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Screen;
import riskcluster.node.tls.LiveContext;

/** A node that lives until it is told to end, leaves the cluster, or is given up by it. */
public final class ProductionNode {

    private ProductionNode() {}

    /**
     * Runs until the node's end. On SIGTERM its partitions move before it goes.
     *
     * @param steps hears how far the protocol has come; only fault tests listen
     * @return the status to end with: fine where the node left in order
     * @throws IllegalArgumentException where something that it was told cannot be, with what is allowed
     */
    public static int run(NodeConfig told, Steps steps, Screen screen) {
        var doors = told.doors().orElseThrow();
        var guard = Guard.of(doors.guard());
        var tls = doors.guard().tls().map(LiveContext::new);
        var metrics = Metrics.start(Clock.systemUTC());
        var config = metrics.watched(told);
        var node = RiskNode.start(config, metrics::partition, metrics.commits(), steps);
        metrics.watch(node.pipeline().database().getHikariPoolMXBean());
        var cluster = Cluster.get(node.system());
        metrics.watch(
                () -> cluster.state().members().size(),
                () -> cluster.state().getUnreachable().size());
        MetricsDoor.show(node.system(), metrics::text);
        try (var live = new LiveNode(node, metrics);
                var http = NodeHttp.start(node.system(), live, doors.http(), guard, tls);
                var operator =
                        Operator.bind(node.system(), doors.operator(), live::cluster, node.pauses(), guard, tls)) {
            screen.out().println("node        " + config.membership().address() + " of cluster " + config.cluster());
            screen.out().println("HTTP        " + http.address());
            screen.out().println("management  http" + (doors.managementTls() ? "s" : "") + "://" + doors.management());
            screen.out().println("operators   " + operator.address());
            screen.out().flush();
            node.system().getWhenTerminated().toCompletableFuture().join();
        }
        return leftInOrder(node) ? Exit.FINE : Exit.UNWELL;
    }

    private static boolean leftInOrder(RiskNode node) {
        var reason = CoordinatedShutdown.get(node.system()).getShutdownReason();
        return reason.filter(why -> why.equals(CoordinatedShutdown.clusterLeavingReason())
                        || why.equals(CoordinatedShutdown.jvmExitReason()))
                .isPresent();
    }
}
