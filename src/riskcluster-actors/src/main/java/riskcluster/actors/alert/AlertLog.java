package riskcluster.actors.alert;

import riskcluster.contracts.log.LogPartition;

/** Where the alerts of a partition go. */
public interface AlertLog {

    /**
     * Opens the one channel of this partition. Blocks; from its return no older channel of the partition can publish.
     */
    AlertChannel open(LogPartition source);
}
