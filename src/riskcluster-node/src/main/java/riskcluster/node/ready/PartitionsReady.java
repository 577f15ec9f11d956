package riskcluster.node.ready;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import riskcluster.actors.partition.Partition;
import riskcluster.node.Places;

/** The readiness of a node: each partition that is placed here has its epoch and waits for no person. */
public final class PartitionsReady implements Supplier<CompletionStage<Boolean>> {

    /** Below the second that all checks together may take. */
    private static final Duration ANSWER_MAX = Duration.ofMillis(800);

    private final ActorSystem system;

    /** Found by its name in the configuration. */
    public PartitionsReady(ActorSystem system) {
        this.system = system;
    }

    @Override
    public CompletionStage<Boolean> get() {
        return Places.here(Adapter.toTyped(system), ANSWER_MAX)
                .thenApply(here -> here.stream().allMatch(PartitionsReady::runs))
                .exceptionallyCompose(silent -> CompletableFuture.completedStage(false));
    }

    private static boolean runs(Partition.Described described) {
        return described.epoch() >= 0 && described.alarm().isEmpty();
    }
}
