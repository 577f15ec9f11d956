/**
 * Kills a node again and again while records flow, and compares what it leaves with an undisturbed run.
 *
 * <p>From: a seed and a number of kills.
 *
 * <p>To: a report that names every difference by its coordinates.
 */
@NullMarked
package riskcluster.node.fault;

import org.jspecify.annotations.NullMarked;
