/**
 * Stands between nodes and their servers, and loses what it is told to lose.
 *
 * <p>From: connections of nodes.
 *
 * <p>To: Postgres and the S3 store.
 */
@NullMarked
package riskcluster.faults.proxy;

import org.jspecify.annotations.NullMarked;
