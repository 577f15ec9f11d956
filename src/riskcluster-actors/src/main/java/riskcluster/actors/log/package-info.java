/**
 * Reads one partition of the input log, from a given offset, in fetches.
 *
 * <p>From: Kafka.
 *
 * <p>To: decode.
 */
@NullMarked
package riskcluster.actors.log;

import org.jspecify.annotations.NullMarked;
