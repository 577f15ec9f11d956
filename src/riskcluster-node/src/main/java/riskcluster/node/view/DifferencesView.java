package riskcluster.node.view;

import java.util.List;

/**
 * Where decisions since a restore differ from alerts that had been sent.
 *
 * @param restored when
 * @param complete every record that had been alerted is decided and committed again
 * @param found how many differ
 * @param differences the first of them, in the order of partitions and offsets
 */
public record DifferencesView(
        String savepoint, String restored, boolean complete, long found, List<Difference> differences) {

    public DifferencesView {
        differences = List.copyOf(differences);
    }

    /**
     * One record.
     *
     * @param source {@code topic/partition/offset}
     * @param sent band and points of the alert that was sent; {@code none} where there was none
     * @param now band and points of the decision as it is now; {@code none} where there is no alert by it
     */
    public record Difference(String source, String sent, String now) {}
}
