/**
 * Answers of a node as they stand in JSON, for people and programs.
 *
 * <p>From: partitions, tables and metrics.
 *
 * <p>To: the HTTP interface and the command line.
 */
@NullMarked
package riskcluster.node.view;

import org.jspecify.annotations.NullMarked;
