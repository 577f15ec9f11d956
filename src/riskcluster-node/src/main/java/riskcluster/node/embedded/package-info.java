/**
 * The services that dev, demo and tests bring with them, inside the program's own process and folder.
 *
 * <p>From: a folder that keeps their data and the ports asked for.
 *
 * <p>To: a node that finds a real Kafka and a real Postgres at their addresses.
 */
@NullMarked
package riskcluster.node.embedded;

import org.jspecify.annotations.NullMarked;
