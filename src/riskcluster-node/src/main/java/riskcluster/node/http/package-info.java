/**
 * The node's HTTP interface: JSON over a loopback port.
 *
 * <p>From: the command line, a browser, a probe, Prometheus.
 *
 * <p>To: {@link riskcluster.node.http.NodeApi}, which asks partitions, tables and metrics.
 */
@NullMarked
package riskcluster.node.http;

import org.jspecify.annotations.NullMarked;
