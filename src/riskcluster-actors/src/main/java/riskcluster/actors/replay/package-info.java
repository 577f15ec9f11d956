/**
 * Decides a partition's log again, with the functions that decided it the first time.
 *
 * <p>From: bronze, read in the log's order.
 *
 * <p>To: whoever holds it against silver.
 */
@NullMarked
package riskcluster.actors.replay;

import org.jspecify.annotations.NullMarked;
