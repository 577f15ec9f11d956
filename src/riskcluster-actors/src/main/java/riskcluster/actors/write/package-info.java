/**
 * Writes a partition's rows to files and seals them into checkpoints.
 *
 * <p>From: the partition.
 *
 * <p>To: the ledger, and through it the committer.
 */
@NullMarked
package riskcluster.actors.write;

import org.jspecify.annotations.NullMarked;
