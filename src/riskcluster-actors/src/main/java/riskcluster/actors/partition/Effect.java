package riskcluster.actors.partition;

import java.util.List;
import java.util.Map;
import riskcluster.actors.anomaly.Beside;
import riskcluster.contracts.decision.Judged;

/** What a partition's progress asks the world to do. */
public sealed interface Effect {

    /** Send these alerts and dead letters now. */
    record Publish(List<Judged> loud) implements Effect {}

    /** Commit the alert transaction with this cursor. */
    record CommitAlerts(long cursor) implements Effect {}

    /**
     * Write the rows of these records; they reach up to offset {@code to}.
     *
     * @param watermarkMicros the partition's watermark before them
     */
    record Write(List<Judged> records, long to, long watermarkMicros) implements Effect {}

    /** Close the files and seal [from, to). */
    record Seal(long from, long to, long alertCursor, long watermarkMicros, long records) implements Effect {}

    /**
     * Save what is remembered of customers as it was at {@code to}.
     *
     * @param besides what gold remembers of them; of none where it is not made
     */
    record Save(
            long from,
            long to,
            int leaderEpoch,
            PartitionState state,
            List<Changed.One> changed,
            Map<String, Beside> besides)
            implements Effect {}
}
