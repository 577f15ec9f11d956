/**
 * Runs maintenance as one actor of the cluster, and keeps its history.
 *
 * <p>From: the tables as batches left them, and an operator's wish.
 *
 * <p>To: the committer.
 */
@NullMarked
package riskcluster.node.upkeep;

import org.jspecify.annotations.NullMarked;
