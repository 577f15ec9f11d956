/**
 * The port through which a partition writes rows of the lake.
 *
 * <p>From: the partition.
 *
 * <p>To: the writers of the lakehouse.
 */
@NullMarked
package riskcluster.contracts.lake;

import org.jspecify.annotations.NullMarked;
