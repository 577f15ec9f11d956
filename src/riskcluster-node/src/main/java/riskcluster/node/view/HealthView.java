package riskcluster.node.view;

import java.util.List;

/**
 * How a node is.
 *
 * @param ready it is a member of the cluster and none of its partitions waits for a person
 * @param why what keeps it from being ready
 * @param alarms what someone should look at, though the node goes on: rules of data contracts that the last batch broke
 */
public record HealthView(boolean ready, List<String> why, List<String> alarms) {

    public HealthView {
        why = List.copyOf(why);
        alarms = List.copyOf(alarms);
    }

    /** A node without such alarms. */
    public HealthView(boolean ready, List<String> why) {
        this(ready, why, List.of());
    }
}
