/**
 * What is durable in Postgres: epochs, cursors, checkpoints, profiles, policies, batches.
 *
 * <p>From: the partitions, which seal and save, and the committer.
 *
 * <p>To: the committer, and whoever owns a partition next.
 */
@NullMarked
package riskcluster.lakehouse.ledger;

import org.jspecify.annotations.NullMarked;
