/**
 * Everything in one process: a demo that feeds itself and checks the result, and a set-up to develop against.
 *
 * <p>From: the command line.
 *
 * <p>To: embedded services, one node, and a person who watches.
 */
@NullMarked
package riskcluster.node.demo;

import org.jspecify.annotations.NullMarked;
