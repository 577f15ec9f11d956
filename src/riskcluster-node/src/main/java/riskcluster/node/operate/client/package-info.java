/**
 * The operators' client: it learns the commands of a node and runs them, one-shot or in a shell.
 *
 * <p>From: the words that an operator or a script typed.
 *
 * <p>To: a node's operators' interface over TCP, and the terminal.
 */
@NullMarked
package riskcluster.node.operate.client;

import org.jspecify.annotations.NullMarked;
