package riskcluster.node.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP port of this machine's loopback address that nobody listened on when it was asked for. */
public final class FreePort {
    /** How many ports after the asked one are tried. */
    private static final int TRIES_MAX = 200;

    private static final int LAST_PORT = 65_535;

    /**
     * Where nobody asks for a certain port: below those that systems give to outgoing connections, or one of these could
     * take the port until it is listened on.
     */
    private static final int ANY_FIRST = 12_000;

    private static final int ANY_COUNT = 20_000;

    /** None is given twice soon; processes that begin together begin at different ones. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(ANY_COUNT));

    private FreePort() {}

    /**
     * The asked port or the next free one; for 0 any, which is not given again soon.
     *
     * @throws IllegalStateException if each of the {@value #TRIES_MAX} ports that are tried is taken
     */
    public static int from(int asked) {
        for (int i = 0; i <= TRIES_MAX; i++) {
            int port = asked == 0 ? ANY_FIRST + NEXT.getAndIncrement() % ANY_COUNT : asked + i;
            if (port > LAST_PORT) {
                break;
            }
            try {
                return bound(port);
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException(
                "no free port from " + (asked == 0 ? ANY_FIRST : asked) + " on, tried " + TRIES_MAX);
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
