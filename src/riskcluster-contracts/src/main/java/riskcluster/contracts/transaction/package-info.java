/**
 * A transaction that has passed the data contract.
 *
 * <p>From: decode.
 *
 * <p>To: the customer who scores it, bronze, silver.
 */
@NullMarked
package riskcluster.contracts.transaction;

import org.jspecify.annotations.NullMarked;
