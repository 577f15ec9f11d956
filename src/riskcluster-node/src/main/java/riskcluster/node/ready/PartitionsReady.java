package riskcluster.node.ready;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.typed.Cluster;
import riskcluster.actors.partition.Partition;
import riskcluster.node.ActorSettings;
import riskcluster.node.Places;

/**
 * The readiness of a node: it has its share of the partitions, and each that is placed here has its epoch and waits for
 * no person. A node has none only where there are more nodes than partitions.
 */
public final class PartitionsReady implements Supplier<CompletionStage<Boolean>> {

    /** Below the second that all checks together may take. */
    private static final Duration ANSWER_MAX = Duration.ofMillis(800);

    private final ActorSystem<Void> system;
    private final int partitions;

    /** Found by its name in the configuration. */
    public PartitionsReady(org.apache.pekko.actor.ActorSystem system) {
        this.system = Adapter.toTyped(system);
        this.partitions = system.settings().config().getInt(ActorSettings.PARTITIONS);
    }

    @Override
    public CompletionStage<Boolean> get() {
        return Places.here(system, ANSWER_MAX)
                .thenApply(here -> hasShare(here.size()) && here.stream().allMatch(PartitionsReady::runs))
                .exceptionallyCompose(silent -> CompletableFuture.completedStage(false));
    }

    private boolean hasShare(int here) {
        return here > 0 || Cluster.get(system).state().members().size() > partitions;
    }

    private static boolean runs(Partition.Described described) {
        return described.epoch() >= 0 && described.alarm().isEmpty();
    }
}
