/**
 * Mistakes planted into a real node, for the judge to find.
 *
 * <p>From: a test, which alone can switch one on.
 *
 * <p>To: tables and topics that are wrong in one known way.
 */
@NullMarked
package riskcluster.plant;

import org.jspecify.annotations.NullMarked;
