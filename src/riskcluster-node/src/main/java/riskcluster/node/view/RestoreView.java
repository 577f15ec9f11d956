package riskcluster.node.view;

import java.util.List;

/**
 * What a restore did, or would do.
 *
 * @param status {@code restored}, or {@code would be restored}
 * @param from the newest batch before
 * @param batch the number under which the savepoint's batch is shown again; 0 before it is
 * @param lost savepoints of later batches, which go with it
 * @param customers whose profiles are as they were
 */
public record RestoreView(
        String status,
        String savepoint,
        long from,
        long batch,
        long customers,
        List<String> lost,
        List<Place> partitions) {

    public RestoreView {
        lost = List.copyOf(lost);
        partitions = List.copyOf(partitions);
    }

    /**
     * A partition that goes back.
     *
     * @param data offset from which on records are written again
     * @param alerts offset below which alerts were sent, which are not sent again; -1 where Kafka was not asked
     */
    public record Place(String partition, long data, long alerts) {}
}
