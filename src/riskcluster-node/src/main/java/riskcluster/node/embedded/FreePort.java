package riskcluster.node.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A TCP port of this machine's loopback address that nobody listened on when it was asked for. */
public final class FreePort {
    /** How many ports after the asked one are tried. */
    private static final int TRIES_MAX = 200;

    private static final int LAST_PORT = 65_535;

    private FreePort() {}

    /**
     * The asked port or the next free one; 0 leaves the choice to the system.
     *
     * @throws IllegalStateException if all of the {@value #TRIES_MAX} ports from there on are taken
     */
    public static int from(int asked) {
        for (int port = asked; port <= Math.min(asked + TRIES_MAX, LAST_PORT); port++) {
            try {
                return bound(port);
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no free port from " + asked + " to " + (asked + TRIES_MAX));
    }

    private static int bound(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            // Without this a port that was closed a minute ago counts as taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        }
    }
}
