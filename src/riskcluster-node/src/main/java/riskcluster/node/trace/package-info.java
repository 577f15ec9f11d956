/**
 * Traces of single records, by OpenTelemetry: from the log through customer and decision to the alert, the checkpoint and
 * the commit that made it visible.
 *
 * <p>From: partitions, by their port, and the ledger, which knows of commits.
 *
 * <p>To: a collector, by OTLP over HTTP.
 */
@NullMarked
package riskcluster.node.trace;

import org.jspecify.annotations.NullMarked;
