/**
 * Holds the rows of a file column by column in plain arrays and encodes them as Parquet pages when the file is closed.
 *
 * <p>From: the writer's rows, value by value.
 *
 * <p>To: Parquet's file writer, which adds page headers, indexes and footer.
 */
@NullMarked
package riskcluster.lakehouse.column;

import org.jspecify.annotations.NullMarked;
