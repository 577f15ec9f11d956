/**
 * Holds decisions made again against those that stand in the tables.
 *
 * <p>From: bronze and silver at one batch, and whoever decides again.
 *
 * <p>To: people, as a count and the first differences.
 */
@NullMarked
package riskcluster.lakehouse.replay;

import org.jspecify.annotations.NullMarked;
