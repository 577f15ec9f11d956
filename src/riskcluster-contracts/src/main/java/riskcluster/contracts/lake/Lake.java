package riskcluster.contracts.lake;

import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;

/** Where partitions write their rows. */
public interface Lake {

    /** A writer whose file names carry the owner's scope and epoch. */
    PartitionWriter open(Ownership owner, LogPartition source);

    /** Looks whether the store takes and gives back a file; an exception means that it does not. Blocks. */
    default void probe(Ownership owner, LogPartition source) {}
}
