package riskcluster.node.operate;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.lakehouse.ledger.PauseTable;

/** What is told to people of the partitions that somebody wants to rest. */
final class PausedTexts {

    private static final Logger LOG = LoggerFactory.getLogger(PausedTexts.class);

    /** Who asks how the cluster is must hear it even while Postgres is away. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    private PausedTexts() {}

    /** By partition; none where Postgres does not answer soon, which is told elsewhere. */
    static Map<Integer, String> of(Pauses pauses) throws InterruptedException {
        var asked = new CompletableFuture<Map<Integer, PauseTable.Stored>>();
        Thread.ofVirtual().name("pauses").start(() -> {
            try {
                asked.complete(pauses.all());
            } catch (RuntimeException silent) {
                asked.completeExceptionally(silent);
            }
        });
        try {
            return texts(asked.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException silent) {
            LOG.warn("nobody knows which partitions are to rest: {}", silent.toString());
            return Map.of();
        }
    }

    private static Map<Integer, String> texts(Map<Integer, PauseTable.Stored> paused) {
        var texts = new TreeMap<Integer, String>();
        paused.forEach((partition, stored) -> {
            var at = stored.restsAt();
            var where = at.isPresent() ? "rests at " + at.getAsLong() : "comes to rest";
            texts.put(partition, where + ", " + stored.pause().sentence());
        });
        return texts;
    }
}
