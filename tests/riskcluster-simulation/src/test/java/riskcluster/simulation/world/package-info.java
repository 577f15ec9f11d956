/**
 * Kafka, Postgres and the object store, written by hand, in memory, and the invariants that are looked at whenever
 * something in them changes.
 *
 * <p>From: the ports of the program's partitions and committers.
 *
 * <p>To: the simulation, which sees at once what nobody may ever see.
 */
@NullMarked
package riskcluster.simulation.world;

import org.jspecify.annotations.NullMarked;
