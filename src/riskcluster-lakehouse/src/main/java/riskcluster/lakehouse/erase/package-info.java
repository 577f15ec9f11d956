/**
 * Takes a customer out of data files, and looks whether he is in any.
 *
 * <p>From: an erasure that somebody asked for.
 *
 * <p>To: maintenance, which has the new files committed, and the proof.
 */
@NullMarked
package riskcluster.lakehouse.erase;

import org.jspecify.annotations.NullMarked;
