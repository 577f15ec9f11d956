/**
 * Reads the tables as they were at one batch, so that every table shows the same offsets.
 *
 * <p>From: the batch row and the files it pins.
 *
 * <p>To: people, by SQL and statistics.
 */
@NullMarked
package riskcluster.lakehouse.read;

import org.jspecify.annotations.NullMarked;
