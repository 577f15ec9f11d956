package riskcluster.node.view;

import java.util.List;

/**
 * A savepoint with its partitions.
 *
 * @param batch that it shows
 */
public record SavepointDetail(
        String name, String created, long batch, long customers, String semantics, List<Place> partitions) {

    public SavepointDetail {
        partitions = List.copyOf(partitions);
    }

    /**
     * A partition at it.
     *
     * @param data offset up to which the tables reach
     * @param profiles offset up to which profiles were saved
     */
    public record Place(String partition, long data, long profiles) {}
}
