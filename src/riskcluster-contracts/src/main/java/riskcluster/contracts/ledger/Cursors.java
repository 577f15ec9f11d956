package riskcluster.contracts.ledger;

import java.util.List;

/**
 * Where a partition stands in Postgres, read in one transaction together with its epoch.
 *
 * @param topicId Kafka's id of the topic when the partition was first owned, empty before
 * @param data offset up to which checkpoints are sealed
 * @param alertNoted the alert cursor noted by the last checkpoint, 0 where there is none
 * @param profile offset up to which profiles are saved
 * @param leaderEpoch Kafka's leader epoch noted with the profile cursor; -1 where unknown
 * @param partitionState as saved with the profiles; empty at the beginning
 * @param switches in the order of their offsets
 */
@SuppressWarnings("ArrayRecordComponent") // moved, never compared
public record Cursors(
        String topicId,
        long data,
        long alertNoted,
        long profile,
        int leaderEpoch,
        byte[] partitionState,
        List<PolicySwitch> switches) {

    /** The same with another state of the partition. */
    public Cursors with(byte[] state) {
        return new Cursors(topicId, data, alertNoted, profile, leaderEpoch, state, switches);
    }
}
