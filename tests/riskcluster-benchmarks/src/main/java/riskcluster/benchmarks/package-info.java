/**
 * Measures single steps with JMH.
 *
 * <p>From: the launcher, {@code riskcluster bench kernels}.
 *
 * <p>To: a table of nanoseconds and bytes, and a JSON file for those who compare.
 */
@NullMarked
package riskcluster.benchmarks;

import org.jspecify.annotations.NullMarked;
