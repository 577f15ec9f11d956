/**
 * Data contracts in the Open Data Contract Standard: reads them, compares two of them, makes pages of them.
 *
 * <p>From: the contract files of topics and tables.
 *
 * <p>To: the command {@code contract check}, the node at its start, the quality gates.
 */
@NullMarked
package riskcluster.node.contract;

import org.jspecify.annotations.NullMarked;
