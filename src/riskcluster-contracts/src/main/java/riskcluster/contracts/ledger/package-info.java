/**
 * What a partition keeps in Postgres: epoch, cursors, checkpoints, profiles, policies.
 *
 * <p>From: the partition.
 *
 * <p>To: the committer, and the partition's next owner.
 */
@NullMarked
package riskcluster.contracts.ledger;

import org.jspecify.annotations.NullMarked;
