/**
 * Counts each customer's transactions in short windows, and says which windows were anomalies.
 *
 * <p>From: the judged records of a partition, in the log's order.
 *
 * <p>To: the same records, with the anomalies of the windows that each of them closed.
 */
@NullMarked
package riskcluster.actors.anomaly;

import org.jspecify.annotations.NullMarked;
