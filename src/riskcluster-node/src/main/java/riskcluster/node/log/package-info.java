/**
 * What a node logs: the form of its lines, and those of late, which operators ask for.
 *
 * <p>From: every logger of the process, by Logback.
 *
 * <p>To: standard error, and the operators' interface.
 */
@NullMarked
package riskcluster.node.log;

import org.jspecify.annotations.NullMarked;
