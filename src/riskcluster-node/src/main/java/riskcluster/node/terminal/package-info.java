/**
 * What the command line and the programs that it starts share: the screen, statuses, tables of text, a node's address.
 *
 * <p>From: whoever has something to say to a person.
 *
 * <p>To: the terminal.
 */
@NullMarked
package riskcluster.node.terminal;

import org.jspecify.annotations.NullMarked;
