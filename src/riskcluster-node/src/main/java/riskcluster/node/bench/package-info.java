/**
 * Measures what a node does: records a second, CPU, memory, latency and freshness.
 *
 * <p>From: a generator that never waits for the node.
 *
 * <p>To: a table of figures, and a JSON file for those who compare.
 */
@NullMarked
package riskcluster.node.bench;

import org.jspecify.annotations.NullMarked;
