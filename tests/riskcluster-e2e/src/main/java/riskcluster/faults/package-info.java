/**
 * Breaks a cluster of real processes by what a seed draws, lets it catch up, and has it judged.
 *
 * <p>From: a seed and a time.
 *
 * <p>To: a report, and a line of {@code docs/faults.csv} where one is asked for.
 */
@NullMarked
package riskcluster.faults;

import org.jspecify.annotations.NullMarked;
