/**
 * Gives customers and devices the pseudonyms of a newer key in place of those of older ones.
 *
 * <p>From: bronze, which has their ids, and the key ring.
 *
 * <p>To: maintenance, which has the files with new names committed.
 */
@NullMarked
package riskcluster.lakehouse.rekey;

import org.jspecify.annotations.NullMarked;
