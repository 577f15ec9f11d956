/**
 * Makes one data file of many, without making rows: row groups are copied, or decoded and encoded column by column.
 *
 * <p>From: maintenance, which chooses the files.
 *
 * <p>To: the committer, which puts the new file in the place of the old ones.
 */
@NullMarked
package riskcluster.lakehouse.merge;

import org.jspecify.annotations.NullMarked;
