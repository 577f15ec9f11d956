package riskcluster.node.operate;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import riskcluster.node.view.ClusterView;
import riskcluster.node.view.Reply;

/** The question to all partitions where they are: one that moves answers nobody, so the asker names a time to wait. */
final class PartitionsAsked {

    private final Supplier<CompletionStage<Reply<ClusterView>>> cluster;

    PartitionsAsked(Supplier<CompletionStage<Reply<ClusterView>>> cluster) {
        this.cluster = cluster;
    }

    /** Their answer, or a refusal: {@link Reply.Why#TOO_LONG} where none came within {@code max}. */
    Reply<ClusterView> within(Duration max) throws InterruptedException {
        try {
            return cluster.get().toCompletableFuture().get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Reply.refused(
                    Reply.Why.TOO_LONG,
                    "the partitions do not answer within " + max.toSeconds() + " s; see the node's log");
        } catch (ExecutionException e) {
            return Reply.refused(
                    Reply.Why.UNAVAILABLE, "the partitions cannot be asked: " + e.getCause() + "; see the node's log");
        }
    }
}
