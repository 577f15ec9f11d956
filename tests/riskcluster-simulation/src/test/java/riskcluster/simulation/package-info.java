/**
 * The program's own partitions and committers on a world that is written by hand: one thread, virtual time, a seed that
 * decides what goes wrong.
 *
 * <p>From: every module of the program, through its ports.
 *
 * <p>To: the build.
 */
@NullMarked
package riskcluster.simulation;

import org.jspecify.annotations.NullMarked;
