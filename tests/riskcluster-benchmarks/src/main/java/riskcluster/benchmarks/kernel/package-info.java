/**
 * Benchmarks of the steps that every record passes, each of which refuses input that it does not really work on.
 *
 * <p>From: records as the generator makes them.
 *
 * <p>To: JMH, started by {@code riskcluster bench kernels}.
 */
@NullMarked
package riskcluster.benchmarks.kernel;

import org.jspecify.annotations.NullMarked;
