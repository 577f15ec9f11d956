/**
 * Publishes alerts and dead letters, each in the same Kafka transaction as the alert cursor.
 *
 * <p>From: the partition.
 *
 * <p>To: the alert topic and the dead letter queue.
 */
@NullMarked
package riskcluster.actors.alert;

import org.jspecify.annotations.NullMarked;
