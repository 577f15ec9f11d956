/**
 * What goes wrong in a simulation: faults, planted mistakes, and the invariants that neither may break.
 *
 * <p>From: a seed.
 *
 * <p>To: the lines between the simulated processes and the simulated world.
 */
@NullMarked
package riskcluster.simulation.fault;

import org.jspecify.annotations.NullMarked;
