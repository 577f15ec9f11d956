package riskcluster.node.operate;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import riskcluster.node.view.ClusterView;
import riskcluster.node.view.Reply;

/** What an operator can ask of a node, in the words of Petabridge.Cmd. */
public final class Operator {

    private Operator() {}

    /**
     * Starts to answer operators; ends with the actor system.
     *
     * @param port 0 for any free one
     * @param cluster where the partitions stand
     * @throws IllegalStateException where the port is taken
     */
    public static OperatorServer bind(
            ActorSystem<?> system, String host, int port, Supplier<CompletionStage<Reply<ClusterView>>> cluster) {
        var node = Cluster.get(system).selfMember().address().toString();
        var server = OperatorServer.bind(host, port, node, palettes(system, cluster), Limits.standard());
        system.getWhenTerminated().thenRun(server::close);
        return server;
    }

    private static List<Palette> palettes(
            ActorSystem<?> system, Supplier<CompletionStage<Reply<ClusterView>>> cluster) {
        var ofCluster = new ArrayList<>(new ClusterLooks(system, cluster).commands());
        ofCluster.add(new HealthLooks(system, cluster).command());
        ofCluster.add(new ClusterTail(system, Clock.systemUTC()).command());
        ofCluster.addAll(new ClusterActs(system).commands());
        return List.of(
                new Palette("actor", "Actors of this node.", new ActorLooks(system).commands()),
                new Palette("cluster", "Members of the cluster, and who joins and goes.", ofCluster),
                new Palette(
                        "cluster-sharding",
                        "What is spread over the nodes, and how.",
                        new ShardingLooks(system).commands()),
                new Palette(
                        "partition",
                        "Partitions of the input: where each is and how far it has come.",
                        new PartitionLooks(system, cluster).commands()));
    }
}
