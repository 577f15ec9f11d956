/**
 * The alert as it stands on its topic, and the topics' names.
 *
 * <p>From: the partition.
 *
 * <p>To: whoever consumes alerts.
 */
@NullMarked
package riskcluster.contracts.alert;

import org.jspecify.annotations.NullMarked;
