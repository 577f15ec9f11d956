/**
 * Decisions that take the place of others in the tables, offset by offset.
 *
 * <p>From: a replay that decided a range of the log again.
 *
 * <p>To: new files of silver and features, and what windows of gold gain by them.
 */
@NullMarked
package riskcluster.lakehouse.correct;

import org.jspecify.annotations.NullMarked;
