/**
 * Reads the alert topic as its consumers do: exactly, or fast.
 *
 * <p>From: the alert topic.
 *
 * <p>To: whoever follows alerts, and the figures of demo and bench.
 */
@NullMarked
package riskcluster.node.alerts;

import org.jspecify.annotations.NullMarked;
