/**
 * Scores a customer's events, one after the other.
 *
 * <p>From: the partition, his parent.
 *
 * <p>To: the round that the events travel in.
 */
@NullMarked
package riskcluster.actors.customer;

import org.jspecify.annotations.NullMarked;
