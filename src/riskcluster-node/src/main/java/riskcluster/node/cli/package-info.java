/**
 * The command line.
 *
 * <p>From: a person or a script at a terminal.
 *
 * <p>To: a running node over HTTP, or a demo, dev set-up or generator in this process.
 */
@NullMarked
package riskcluster.node.cli;

import org.jspecify.annotations.NullMarked;
