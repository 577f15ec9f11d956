package riskcluster.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion.CurrentShardRegionState;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import riskcluster.actors.partition.Partition;

/** Where the partitions live in the cluster: each is one entity in a shard of its own. */
public final class Places {

    static final EntityTypeKey<Partition.Command> KEY = EntityTypeKey.create(Partition.Command.class, "partition");

    private Places() {}

    static int partition(String entityId) {
        return Integer.parseInt(entityId);
    }

    static EntityRef<Partition.Command> of(ClusterSharding sharding, int partition) {
        return sharding.entityRefFor(KEY, Integer.toString(partition));
    }

    static Stream<EntityRef<Partition.Command>> all(ClusterSharding sharding, int partitions) {
        return IntStream.range(0, partitions).mapToObj(partition -> of(sharding, partition));
    }

    /**
     * How the partitions are that live on this node.
     *
     * @param most for the answer of all
     */
    public static CompletionStage<List<Partition.Described>> here(ActorSystem<?> system, Duration most) {
        var sharding = ClusterSharding.get(system);
        CompletionStage<CurrentShardRegionState> region = AskPattern.ask(
                sharding.shardState(),
                replyTo -> new GetShardRegionState(KEY, replyTo),
                most.dividedBy(2),
                system.scheduler());
        return region.thenCompose(state -> described(
                state.getShards().stream().map(shard -> of(sharding, partition(shard.shardId()))), most.dividedBy(2)));
    }

    private static CompletionStage<List<Partition.Described>> described(
            Stream<EntityRef<Partition.Command>> places, Duration most) {
        var asked = places.map(place -> place.<Partition.Described>ask(Partition.Describe::new, most)
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(done -> asked.stream().map(CompletableFuture::join).toList());
    }

    /** A shard per partition, so that they spread evenly whatever their number. */
    static ShardingMessageExtractor<ShardingEnvelope<Partition.Command>, Partition.Command> extractor() {
        return new ShardingMessageExtractor<>() {
            @Override
            public String entityId(ShardingEnvelope<Partition.Command> envelope) {
                return envelope.entityId();
            }

            @Override
            public String shardId(String entityId) {
                return entityId;
            }

            @Override
            public Partition.Command unwrapMessage(ShardingEnvelope<Partition.Command> envelope) {
                return envelope.message();
            }
        };
    }
}
