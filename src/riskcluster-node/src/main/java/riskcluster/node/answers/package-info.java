/**
 * Answers what operators ask of a node: of its partitions, and of the tables at the newest batch.
 *
 * <p>From: the HTTP interface.
 *
 * <p>To: whoever asked.
 */
@NullMarked
package riskcluster.node.answers;

import org.jspecify.annotations.NullMarked;
