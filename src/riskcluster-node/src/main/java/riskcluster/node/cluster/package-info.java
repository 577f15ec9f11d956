/**
 * The nodes of a cluster as processes of this machine, to be stopped, killed and looked at.
 *
 * <p>From: tests, which say what a node is told.
 *
 * <p>To: production nodes, started as anyone starts them.
 */
@NullMarked
package riskcluster.node.cluster;

import org.jspecify.annotations.NullMarked;
