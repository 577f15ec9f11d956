/**
 * What was decided about a record, and why.
 *
 * <p>From: decode and the customers.
 *
 * <p>To: the alert topic and the lake.
 */
@NullMarked
package riskcluster.contracts.decision;

import org.jspecify.annotations.NullMarked;
