/**
 * The form in which a partition's questions and answers travel between nodes: CBOR with names, never class names.
 *
 * <p>From: a node that asks.
 *
 * <p>To: the node that has the partition.
 */
@NullMarked
package riskcluster.actors.wire;

import org.jspecify.annotations.NullMarked;
