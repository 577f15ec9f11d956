/**
 * Transactions from files: Parquet, CSV and JSON lines.
 *
 * <p>From: a file in the contract's columns or the handbook's.
 *
 * <p>To: Kafka, by whoever feeds a demo or a bench; labels stay behind.
 */
@NullMarked
package riskcluster.node.input;

import org.jspecify.annotations.NullMarked;
