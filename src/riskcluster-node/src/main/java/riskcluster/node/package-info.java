/**
 * One node: what it is told, how its parts are wired, how it starts and stops.
 *
 * <p>From: the command line.
 *
 * <p>To: every other module.
 */
@NullMarked
package riskcluster.node;

import org.jspecify.annotations.NullMarked;
