package riskcluster.node.view;

import java.util.List;

/**
 * What maintenance did.
 *
 * @param finished false where more is due and goes on by itself
 */
public record RunsView(boolean finished, List<Run> runs) {

    public RunsView {
        runs = List.copyOf(runs);
    }

    /**
     * One thing that it did, or tried.
     *
     * @param before files, manifests or snapshots that it was about
     * @param after what became of them
     * @param bytes of data that were read
     * @param why it was not done; empty where it was
     */
    public record Run(
            String startedAt,
            String table,
            String kind,
            String outcome,
            int before,
            int after,
            long bytes,
            long tookMillis,
            String why) {}
}
