/**
 * Puts records on the input topic, as fast as it goes or at a rate.
 *
 * <p>From: the generator or an input file.
 *
 * <p>To: Kafka, where the partitions read them.
 */
@NullMarked
package riskcluster.node.feed;

import org.jspecify.annotations.NullMarked;
