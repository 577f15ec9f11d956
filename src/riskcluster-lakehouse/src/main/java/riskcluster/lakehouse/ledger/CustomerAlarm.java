package riskcluster.lakehouse.ledger;

import riskcluster.contracts.log.LogPartition;

/** Hears of customers whose records arrive in two partitions: their windows are split, so their decisions are wrong. */
@FunctionalInterface
public interface CustomerAlarm {

    /**
     * Called after a save that is known to have happened.
     *
     * @param customers how many customers of that save have a profile in another partition too
     */
    void inTwoPartitions(LogPartition source, int customers);
}
