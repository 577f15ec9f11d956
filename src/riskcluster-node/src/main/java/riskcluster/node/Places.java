package riskcluster.node;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import riskcluster.actors.partition.Partition;

/** Where the partitions live in the cluster: each is one entity in a shard of its own. */
final class Places {

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
