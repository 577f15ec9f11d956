/**
 * The servers that a cluster needs around it, each as it can be started, stopped and killed by itself.
 *
 * <p>From: folders.
 *
 * <p>To: the tests of whole machines.
 */
@NullMarked
package riskcluster.faults.server;

import org.jspecify.annotations.NullMarked;
