package riskcluster.node.view;

import java.util.List;

/**
 * How a cluster is, as one of its nodes sees it.
 *
 * @param status {@code well} or {@code unwell}
 * @param members how many there are
 * @param partitions how many answer
 * @param why what is wrong, the most general first
 * @param paused partitions that rest because somebody wants it: by whom, since when and why. Nothing is wrong with them
 */
public record ClusterHealth(String status, int members, int partitions, List<Cause> why, List<String> paused) {

    /**
     * One thing that is wrong.
     *
     * @param code {@code RC-nnnn}, which {@code riskcluster explain} explains
     * @param where which member or partition, and what it says
     * @param remedy what to do
     */
    public record Cause(String code, String where, String remedy) {}

    public ClusterHealth {
        why = List.copyOf(why);
        paused = List.copyOf(paused);
    }

    /** Well where nothing is wrong. */
    public static ClusterHealth of(int members, int partitions, List<Cause> why, List<String> paused) {
        return new ClusterHealth(why.isEmpty() ? "well" : "unwell", members, partitions, why, paused);
    }

    /** Nothing is wrong. */
    public boolean isWell() {
        return why.isEmpty();
    }
}
