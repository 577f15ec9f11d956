/**
 * Savepoints as an operator asks for them: made, gone back to, and what then differs from what was told.
 *
 * <p>From: the command line.
 *
 * <p>To: the ledger and the tables, and whoever answers for alerts that were sent.
 */
@NullMarked
package riskcluster.node.savepoint;

import org.jspecify.annotations.NullMarked;
