/**
 * The topics: what they should be like, what they are like, and what a node refuses to work with.
 *
 * <p>From: the configuration, and Kafka.
 *
 * <p>To: the operator's eyes, and the node's start.
 */
@NullMarked
package riskcluster.node.topic;

import org.jspecify.annotations.NullMarked;
