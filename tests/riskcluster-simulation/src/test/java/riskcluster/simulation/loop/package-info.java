/**
 * One loop that runs actors, streams, timers and blocking calls, one at a time, in an order that a seed picks and in
 * virtual time.
 *
 * <p>From: Pekko's dispatchers and scheduler, and the blocking calls of the program.
 *
 * <p>To: the simulation.
 */
@NullMarked
package riskcluster.simulation.loop;

import org.jspecify.annotations.NullMarked;
