/**
 * What operators' clients and a node say to each other: frames, and the pages that tell a client the commands.
 *
 * <p>From: the client, which asks.
 *
 * <p>To: the node's server, which answers.
 */
@NullMarked
package riskcluster.node.operate.protocol;

import org.jspecify.annotations.NullMarked;
