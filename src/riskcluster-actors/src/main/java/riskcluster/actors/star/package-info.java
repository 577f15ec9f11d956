/**
 * Keeps each customer's history for the star: which versions of him there are, and which one a decision belongs to.
 *
 * <p>From: the judged records of a partition, in the log's order.
 *
 * <p>To: the same records, each decided one with its customer's version.
 */
@NullMarked
package riskcluster.actors.star;

import org.jspecify.annotations.NullMarked;
