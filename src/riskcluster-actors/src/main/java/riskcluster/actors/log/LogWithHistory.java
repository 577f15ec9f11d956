package riskcluster.actors.log;

import riskcluster.contracts.lake.History;
import riskcluster.contracts.log.LogPartition;

/**
 * The input topic, and before its beginning what the lake has kept of it: what Kafka's retention took from under a
 * profile cursor is replayed from the lake, the same bytes to the same function.
 */
public final class LogWithHistory implements InputLog {

    private final InputLog log;
    private final History history;

    public LogWithHistory(InputLog log, History history) {
        this.log = log;
        this.history = history;
    }

    @Override
    public String topicId(LogPartition source) {
        return log.topicId(source);
    }

    @Override
    public long firstOffset(LogPartition source) {
        return log.firstOffset(source);
    }

    @Override
    public long endOffset(LogPartition source) {
        return log.endOffset(source);
    }

    @Override
    public void verify(LogPartition source, long reached, int leaderEpoch) {
        log.verify(source, reached, leaderEpoch);
    }

    /** {@inheritDoc} What is missing and not in the lake either is a {@link RangeMissing} of the reader. */
    @Override
    public LogReader open(LogPartition source, long from, int leaderEpoch) {
        return new BridgedReader(log, history, source, from, leaderEpoch);
    }
}
