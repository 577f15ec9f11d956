/**
 * Runs the one committer of the cluster.
 *
 * <p>From: sealed checkpoints in Postgres.
 *
 * <p>To: every table.
 */
@NullMarked
package riskcluster.node.commit;

import org.jspecify.annotations.NullMarked;
