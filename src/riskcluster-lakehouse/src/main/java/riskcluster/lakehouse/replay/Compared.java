package riskcluster.lakehouse.replay;

import java.util.List;

/**
 * How a comparison ended.
 *
 * @param batch whose tables were read
 * @param before records before the range, which were decided again for the profiles and not compared
 * @param records in the range
 * @param decided of those, each held against its row of silver
 * @param duplicates of those, each held against its row of bronze
 * @param rejected of those, each held against its row among the rejected
 * @param erased of those: only that silver has no row can be compared
 * @param differences how many values differ, a missing row counted as one
 * @param first the first of them in the log's order
 * @param passes in how many parts the records were read
 */
public record Compared(
        long batch,
        long before,
        long records,
        long decided,
        long duplicates,
        long rejected,
        long erased,
        long differences,
        List<Difference> first,
        int passes) {

    public Compared {
        first = List.copyOf(first);
    }

    public boolean isEqual() {
        return differences == 0;
    }
}
