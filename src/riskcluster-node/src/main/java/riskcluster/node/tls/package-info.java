/**
 * TLS: keys and certificates from PEM files, files that are read anew when they change, and the nodes' talk among themselves.
 *
 * <p>From: the files that the configuration names.
 *
 * <p>To: remoting, the HTTP interface, the operators' interface.
 */
@NullMarked
package riskcluster.node.tls;

import org.jspecify.annotations.NullMarked;
