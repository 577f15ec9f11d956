/**
 * A made-up bank: customers with habits, and fraud among them, from a seed.
 *
 * <p>From: a seed, a few shares and a clock.
 *
 * <p>To: Kafka or a file; the labels go to a file of their own and are never sent.
 */
@NullMarked
package riskcluster.node.generate;

import org.jspecify.annotations.NullMarked;
