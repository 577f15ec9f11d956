/**
 * The ports through which the steps of the way tell what they did, so that no step knows a metrics library.
 *
 * <p>From: partitions and the committer.
 *
 * <p>To: the node's metrics.
 */
@NullMarked
package riskcluster.contracts.metrics;

import org.jspecify.annotations.NullMarked;
