/**
 * A production node: a process of its own, in a cluster with others.
 *
 * <p>From: the configuration.
 *
 * <p>To: whoever runs it.
 */
@NullMarked
package riskcluster.node.production;

import org.jspecify.annotations.NullMarked;
