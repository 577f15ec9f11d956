package riskcluster.node.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import riskcluster.node.feed.Feeder;
import riskcluster.node.metrics.Metrics;

/** How a running demo stands, in one line. */
final class LiveState {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Metrics metrics;
    private final Feeder feeder;
    private final OptionalLong size;
    private long lookedNanos = System.nanoTime();
    private double judgedBefore;
    private double perSecond;

    LiveState(LocalNode local, Feeder feeder, OptionalLong size) {
        this.metrics = local.metrics();
        this.feeder = feeder;
        this.size = size;
    }

    /** {@code 120,000 of 300,000 | 10,000/s | 1,150 alerts | lag 312 | last commit 1 s ago}. */
    String line() {
        var judged = metrics.sum("riskcluster_decisions")
                + metrics.sum("riskcluster_duplicates")
                + metrics.sum("riskcluster_records_rejected");
        var nowNanos = System.nanoTime();
        var seconds = (nowNanos - lookedNanos) / NANOS_PER_SECOND;
        perSecond = perSecond == 0
                ? (judged - judgedBefore) / seconds
                : 0.7 * perSecond + 0.3 * (judged - judgedBefore) / seconds;
        lookedNanos = nowNanos;
        judgedBefore = judged;
        return String.format(
                Locale.ROOT,
                "%,.0f%s | %,.0f/s | %,.0f alerts | lag %,.0f | %s",
                judged,
                size.isPresent() ? String.format(Locale.ROOT, " of %,d", size.getAsLong()) : "",
                Math.max(0, perSecond),
                metrics.sum("riskcluster_alerts"),
                Math.max(0, feeder.acknowledged() - judged),
                lastCommit());
    }

    private String lastCommit() {
        var at = metrics.sum("riskcluster_last_commit_timestamp_seconds");
        if (at == 0) {
            return "no commit yet";
        }
        var ago = Duration.between(Instant.ofEpochSecond((long) at), Instant.now());
        return "last commit " + Math.max(0, ago.toSeconds()) + " s ago";
    }
}
