/**
 * Whether a node may be sent traffic.
 *
 * <p>From: the partitions that are placed here.
 *
 * <p>To: the readiness probe.
 */
@NullMarked
package riskcluster.node.ready;

import org.jspecify.annotations.NullMarked;
