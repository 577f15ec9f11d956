/**
 * The operators' interface of a node: palettes of commands, and the server that tells them and runs them.
 *
 * <p>From: an operator's client over TCP.
 *
 * <p>To: the cluster, its sharding and the actor system of this node.
 */
@NullMarked
package riskcluster.node.operate;

import org.jspecify.annotations.NullMarked;
