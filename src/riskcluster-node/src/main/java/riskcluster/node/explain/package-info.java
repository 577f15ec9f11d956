/**
 * Every numbered error: what it means and what to do.
 *
 * <p>From: the reasons for which records are rejected, and what can be wrong with a cluster.
 *
 * <p>To: {@code riskcluster explain}, {@code cluster health} and the page {@code docs/errors.md}.
 */
@NullMarked
package riskcluster.node.explain;

import org.jspecify.annotations.NullMarked;
