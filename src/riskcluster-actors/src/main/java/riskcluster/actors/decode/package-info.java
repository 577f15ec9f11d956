/**
 * Bytes of the log into transactions that keep the data contract, or into reasons why not.
 *
 * <p>From: the records of one partition, as Kafka holds them.
 *
 * <p>To: the customers, the dead letter queue, bronze.
 */
@NullMarked
package riskcluster.actors.decode;

import org.jspecify.annotations.NullMarked;
