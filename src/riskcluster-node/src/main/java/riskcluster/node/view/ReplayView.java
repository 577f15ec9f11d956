package riskcluster.node.view;

import java.util.List;

/**
 * How a replay ended.
 *
 * @param ranges offsets that were compared, by partition
 * @param equal nothing differs
 * @param before records before the range, decided again for the profiles and not compared
 * @param erased records of which privacy left nothing to decide again
 * @param differences values that differ, a missing row counted as one
 * @param first the first of them in the log's order
 */
public record ReplayView(
        boolean equal,
        long batch,
        List<Range> ranges,
        long before,
        long records,
        long decided,
        long duplicates,
        long rejected,
        long erased,
        long differences,
        List<Difference> first,
        int passes,
        long millis) {

    /** The offsets [from, to) of one partition. */
    public record Range(String topic, int partition, long from, long to) {}

    /** One value on which a table and the replay do not agree. */
    public record Difference(
            String topic, int partition, long offset, String table, String column, String stands, String replayed) {}
}
