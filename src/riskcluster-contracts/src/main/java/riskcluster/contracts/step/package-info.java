/**
 * The steps of the protocol by name, so that a test can see where a process died and make it die there.
 *
 * <p>From: partition, writer, committer.
 *
 * <p>To: nobody in production; the kill tests.
 */
@NullMarked
package riskcluster.contracts.step;

import org.jspecify.annotations.NullMarked;
