/**
 * Sums up decisions: a fold beside the rows where they are written, and its merging into gold's tables where they are
 * committed.
 *
 * <p>From: the decisions of a checkpoint, and gold's files as they are.
 *
 * <p>To: gold's new files, which become visible in the same batch as the rows they sum up.
 */
@NullMarked
package riskcluster.lakehouse.gold;

import org.jspecify.annotations.NullMarked;
