/**
 * Makes sealed checkpoints visible in all tables at once.
 *
 * <p>From: the checkpoints that partitions sealed.
 *
 * <p>To: everyone who reads the tables.
 */
@NullMarked
package riskcluster.lakehouse.commit;

import org.jspecify.annotations.NullMarked;
