package riskcluster.node.operate;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import riskcluster.node.HostPort;
import riskcluster.node.guard.Guard;
import riskcluster.node.log.NodeLog;
import riskcluster.node.view.ClusterView;
import riskcluster.node.view.Reply;

/** What an operator can ask of a node, in the words of Petabridge.Cmd. */
public final class Operator {

    private Operator() {}

    /** Starts to answer everybody who reaches the port, in the clear; ends with the actor system. */
    public static OperatorServer bind(
            ActorSystem<?> system,
            String host,
            int port,
            Supplier<CompletionStage<Reply<ClusterView>>> cluster,
            Pauses pauses) {
        return bind(system, new HostPort(host, port), cluster, pauses, Guard.open(), Optional.empty());
    }

    /**
     * Starts to answer operators; ends with the actor system.
     *
     * @param at port 0 for any free one
     * @param cluster where the partitions stand
     * @param pauses of the partitions
     * @param guard decides who may ask
     * @param tls its identity for each connection; without it, in the clear
     * @throws IllegalStateException where the port is taken
     */
    public static OperatorServer bind(
            ActorSystem<?> system,
            HostPort at,
            Supplier<CompletionStage<Reply<ClusterView>>> cluster,
            Pauses pauses,
            Guard guard,
            Optional<? extends Supplier<SSLContext>> tls) {
        var node = Cluster.get(system).selfMember().address().toString();
        var server = OperatorServer.bind(at, node, palettes(system, cluster, pauses), Limits.standard(), guard, tls);
        system.getWhenTerminated().thenRun(server::close);
        return server;
    }

    private static List<Palette> palettes(
            ActorSystem<?> system, Supplier<CompletionStage<Reply<ClusterView>>> cluster, Pauses pauses) {
        var ofPartitions = new ArrayList<>(new PartitionLooks(system, cluster, pauses).commands());
        ofPartitions.addAll(new PartitionActs(cluster, pauses).commands());
        var ofCluster = new ArrayList<>(new ClusterLooks(system, cluster).commands());
        ofCluster.add(new HealthLooks(system, cluster, pauses).command());
        ofCluster.add(new ClusterTail(system, Clock.systemUTC()).command());
        ofCluster.addAll(new ClusterActs(system).commands());
        return List.of(
                new Palette("actor", "Actors of this node.", new ActorLooks(system).commands()),
                new Palette("log", "What this node logs.", List.of(new LogTail(NodeLog.recent()).command())),
                new Palette("cluster", "Members of the cluster, and who joins and goes.", ofCluster),
                new Palette(
                        "cluster-sharding",
                        "What is spread over the nodes, and how.",
                        new ShardingLooks(system).commands()),
                new Palette(
                        "partition", "Partitions of the input: where each is and how far it has come.", ofPartitions));
    }
}
