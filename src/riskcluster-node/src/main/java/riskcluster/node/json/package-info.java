/**
 * JSON as bytes, written without strings in between.
 *
 * <p>From: the generator and the input files.
 *
 * <p>To: Kafka.
 */
@NullMarked
package riskcluster.node.json;

import org.jspecify.annotations.NullMarked;
