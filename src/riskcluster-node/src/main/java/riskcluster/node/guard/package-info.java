/**
 * Who may ask what of a node, how often, and the record of who changed what.
 *
 * <p>From: the HTTP interface and the operators' interface, with what a caller shows.
 *
 * <p>To: the same, as an answer; and the audit log.
 */
@NullMarked
package riskcluster.node.guard;

import org.jspecify.annotations.NullMarked;
