package riskcluster.node.view;

import java.util.List;

/**
 * How a node is.
 *
 * @param ready it is a member of the cluster and none of its partitions waits for a person
 * @param why what keeps it from being ready
 */
public record HealthView(boolean ready, List<String> why) {

    public HealthView {
        why = List.copyOf(why);
    }
}
