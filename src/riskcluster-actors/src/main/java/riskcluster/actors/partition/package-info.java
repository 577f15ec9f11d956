/**
 * Runs one partition: starts it in a safe order, leads records through the customers, keeps the three cursors.
 *
 * <p>From: decode.
 *
 * <p>To: alert, write, the ledger.
 */
@NullMarked
package riskcluster.actors.partition;

import org.jspecify.annotations.NullMarked;
