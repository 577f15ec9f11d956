/**
 * Looks for what is wrong: with a cluster as it answers, and with what a configuration names.
 *
 * <p>From: answers of a node, or a configuration file.
 *
 * <p>To: {@code riskcluster doctor}.
 */
@NullMarked
package riskcluster.node.doctor;

import org.jspecify.annotations.NullMarked;
