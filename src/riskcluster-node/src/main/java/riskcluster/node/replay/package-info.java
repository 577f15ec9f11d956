/**
 * Decides again what is in the lake, and says whether it comes to the same.
 *
 * <p>From: the command line, and a lake with its ledger and keys.
 *
 * <p>To: people, as a table or as JSON.
 */
@NullMarked
package riskcluster.node.replay;

import org.jspecify.annotations.NullMarked;
