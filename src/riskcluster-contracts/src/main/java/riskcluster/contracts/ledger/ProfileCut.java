package riskcluster.contracts.ledger;

import java.util.List;
import riskcluster.contracts.log.LogPartition;

/**
 * Every profile as it was after offset {@code to}, told by those that changed since {@code from}, and the partition's
 * own state at the same place.
 *
 * @param leaderEpoch Kafka's leader epoch of the last record before {@code to}; -1 where unknown
 * @param changed may make an element each time that it is asked for it, so whoever saves them asks once
 * @param partitionState watermark and whatever else the partition carries, in its own binary form
 */
@SuppressWarnings("ArrayRecordComponent") // moved, never compared
public record ProfileCut(
        LogPartition source, long from, long to, int leaderEpoch, byte[] partitionState, List<StoredProfile> changed) {}
