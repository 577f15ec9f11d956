/**
 * Checks each batch against the rules of the data contracts, before its commit, and writes down what was found.
 *
 * <p>From: the checkpoints of a batch; the entries of their data files tell rows, nulls and bounds, so no row is read.
 *
 * <p>To: {@code gold.data_quality} in the same commit, tags on what failed, whoever listens.
 */
@NullMarked
package riskcluster.lakehouse.quality;

import org.jspecify.annotations.NullMarked;
