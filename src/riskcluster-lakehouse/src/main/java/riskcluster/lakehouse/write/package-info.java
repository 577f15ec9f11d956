/**
 * Writes rows into Parquet files, divided by day, and closes them for a checkpoint.
 *
 * <p>From: the partition, record by record with its outcome.
 *
 * <p>To: the checkpoint, which names the files, and through it the committer.
 */
@NullMarked
package riskcluster.lakehouse.write;

import org.jspecify.annotations.NullMarked;
