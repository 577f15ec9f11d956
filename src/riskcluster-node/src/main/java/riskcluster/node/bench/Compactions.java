package riskcluster.node.bench;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import riskcluster.lakehouse.maintain.MaintenanceRun;
import riskcluster.node.RiskNode;
import riskcluster.node.upkeep.UpkeepCalls;

/** What maintenance merges while a node is measured: at its own pace, or all the time. */
final class Compactions {

    private static final Duration REST = Duration.ofMillis(500);
    private static final int TOLD_MAX = 1_000;
    private static final double BYTES_PER_MIB = 1_048_576;

    private final UpkeepCalls upkeep;
    private final Thread asking;
    private volatile boolean ended;

    private Compactions(UpkeepCalls upkeep) {
        this.upkeep = upkeep;
        this.asking = Thread.ofVirtual().unstarted(this::askAgainAndAgain);
    }

    /** @param always whether maintenance looks for something to merge as soon as it has merged something */
    static Compactions of(RiskNode node, boolean always) {
        var compactions = new Compactions(node.upkeep());
        if (always) {
            compactions.asking.start();
        }
        return compactions;
    }

    private void askAgainAndAgain() {
        while (!ended) {
            boolean merged = false;
            try {
                merged = !answer(upkeep.run()).runs().isEmpty();
            } catch (CompletionException unanswered) {
                // it goes on by itself; what it has done is in its history, which end() reads
            }
            if (!merged) { // or looking at the tables would be what is measured
                LockSupport.parkNanos(REST.toNanos());
            }
        }
    }

    /** Asks no more, and tells how many merges were done and of how much. */
    void end(Figures figures) throws InterruptedException {
        ended = true;
        asking.join();
        var merges = answer(upkeep.history(TOLD_MAX)).runs().stream()
                .filter(run -> run.kind().startsWith("compaction") && run.outcome() == MaintenanceRun.Outcome.DONE)
                .toList();
        long bytes = merges.stream().mapToLong(MaintenanceRun::bytes).sum();
        figures.put("compactions", merges.size()).put("compacted_mib", bytes / BYTES_PER_MIB);
    }

    private static <T> T answer(CompletionStage<T> asked) {
        return asked.toCompletableFuture().join();
    }
}
