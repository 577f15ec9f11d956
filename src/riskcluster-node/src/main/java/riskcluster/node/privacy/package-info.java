/**
 * Erasures of customers, as an operator asks for them and about them.
 *
 * <p>From: the command line.
 *
 * <p>To: the ledger, from which maintenance takes them, and whoever wants a proof.
 */
@NullMarked
package riskcluster.node.privacy;

import org.jspecify.annotations.NullMarked;
