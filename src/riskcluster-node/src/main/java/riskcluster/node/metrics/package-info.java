/**
 * The node's figures in Prometheus format.
 *
 * <p>From: the meters that partitions and the committer are given.
 *
 * <p>To: {@code /metrics}, and the progress that demo and dev show.
 */
@NullMarked
package riskcluster.node.metrics;

import org.jspecify.annotations.NullMarked;
