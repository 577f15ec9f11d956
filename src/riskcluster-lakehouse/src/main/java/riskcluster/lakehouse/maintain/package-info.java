/**
 * Keeps the tables fit to be read: fewer and larger files, fewer manifests, fewer snapshots, no files that nobody needs.
 *
 * <p>From: the tables as batches left them.
 *
 * <p>To: the committer, through which every one of its commits goes.
 */
@NullMarked
package riskcluster.lakehouse.maintain;

import org.jspecify.annotations.NullMarked;
