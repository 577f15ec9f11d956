/**
 * The scoring core's own parts, measured from within.
 *
 * <p>From: transactions as the generator makes them.
 *
 * <p>To: JMH, started by {@code riskcluster bench kernels}.
 */
@NullMarked
package riskcluster.actors.score;

import org.jspecify.annotations.NullMarked;
