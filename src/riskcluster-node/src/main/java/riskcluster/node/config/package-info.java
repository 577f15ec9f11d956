/**
 * What a production node is told: one file and the environment, checked key by key.
 *
 * <p>From: whoever runs a node.
 *
 * <p>To: the node, as its one configuration record.
 */
@NullMarked
package riskcluster.node.config;

import org.jspecify.annotations.NullMarked;
