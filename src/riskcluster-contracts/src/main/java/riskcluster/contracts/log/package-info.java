/**
 * The input log as everyone names it: partition, record, header.
 *
 * <p>From: Kafka, by whoever polls it.
 *
 * <p>To: decode, bronze, the dead letter queue.
 */
@NullMarked
package riskcluster.contracts.log;

import org.jspecify.annotations.NullMarked;
