package riskcluster.contracts.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import riskcluster.contracts.log.LogPartition;

/**
 * A partition's side of Postgres. Every call blocks and is one transaction; an exception means that nobody knows
 * whether it happened: take a new epoch, then look, and until then delete nothing.
 *
 * <p>{@code seal}, {@code save} and {@code place} hold the epoch row {@code FOR SHARE} and move their own cursor by
 * compare-and-swap on the value that the caller last knew.
 */
public interface PartitionLedger {

    /**
     * Takes the next epoch of the partition: from its return no older owner can seal, save or place. The first taking
     * of a partition starts its cursors at {@code firstOffset} and notes the topic's id.
     */
    Ownership take(LogPartition source, UUID incarnation, String topicId, long firstOffset);

    /** Cursors, policy switches and the epoch in one transaction; empty where the epoch is no longer ours. */
    Optional<Cursors> read(Ownership owner, LogPartition source);

    /** Inserts the checkpoint if the data cursor stands at its {@code from}, and moves the cursor to its {@code to}. */
    Answer seal(Ownership owner, Checkpoint checkpoint);

    /** Saves the changed profiles if the profile cursor stands at {@code from}, and moves the cursor to {@code to}. */
    Answer save(Ownership owner, ProfileCut cut);

    /**
     * Records that {@code policy} decides from {@code offset} on. {@code MOVED} where {@code previous} is not the last
     * switch, or the offset lies before it.
     */
    Answer place(
            Ownership owner, LogPartition source, Optional<PolicySwitch> previous, long offset, StoredPolicy policy);

    /**
     * The customers whose records are erased as they arrive. Read after the epoch was taken: who is erased later takes
     * the epoch away.
     */
    default List<ErasedCustomer> erased() {
        return List.of();
    }

    /** Tells that this owner knows the customers {@link #erased} names and holds nothing of them. */
    default void acknowledge(Ownership owner, LogPartition source, List<ErasedCustomer> known) {}

    /** The wish that the partition rests, where there is one; it outlives owners. */
    default Optional<Pause> pause(LogPartition source) {
        return Optional.empty();
    }

    /** Tells that the partition rests at {@code position}: everything before it is let out, sealed and saved. */
    default void rests(Ownership owner, LogPartition source, long position) {}

    /**
     * The epoch up to which owners noted in Kafka how far they were before the partition was taken back to a savepoint;
     * -1 where it never was. Read after the epoch was taken.
     */
    default long rewoundEpoch(LogPartition source) {
        return -1;
    }

    /** A policy by its version. */
    Optional<StoredPolicy> policy(String version);

    /** The saved profiles of these customers, in no order; customers never saved are missing. */
    List<StoredProfile> profiles(LogPartition source, Collection<String> userIds);
}
