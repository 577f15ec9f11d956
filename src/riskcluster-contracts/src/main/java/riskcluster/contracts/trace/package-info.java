/**
 * The port through which a partition tells of single records that somebody follows from system to system.
 *
 * <p>From: partitions.
 *
 * <p>To: the node's export of traces.
 */
@NullMarked
package riskcluster.contracts.trace;

import org.jspecify.annotations.NullMarked;
