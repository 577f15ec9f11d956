package riskcluster.node.operate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.node.HostPort;
import riskcluster.node.guard.Guard;

/**
 * The TCP server of the operators' interface. It lives outside the actor system's threads, so that it also answers
 * while those are busy.
 */
public final class OperatorServer implements AutoCloseable {

    /** The port that operators expect. */
    public static final int USUAL_PORT = 9110;

    /** Where it listens unless it is told otherwise: nobody asks for a password here. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final Logger LOG = LoggerFactory.getLogger(OperatorServer.class);
    private static final long WATCH_EVERY_MILLIS = 250;
    /** A node that stops because it was told to leave still says that it leaves. */
    private static final Duration LAST_ANSWER_MAX = Duration.ofMillis(500);
    /** Without a file descriptor to spare, asking again at once would only take the processor. */
    private static final long ACCEPT_AGAIN_NANOS = Duration.ofMillis(100).toNanos();

    private final ServerSocket socket;
    private final Commands commands;
    private final String node;
    private final Limits limits;
    private final Guard guard;
    private final Optional<? extends Supplier<SSLContext>> tls;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("operate-watch").factory());

    private OperatorServer(
            ServerSocket socket,
            Commands commands,
            String node,
            Limits limits,
            Guard guard,
            Optional<? extends Supplier<SSLContext>> tls) {
        this.guard = guard;
        this.tls = tls;
        this.socket = socket;
        this.commands = commands;
        this.node = node;
        this.limits = limits;
    }

    /** Starts to listen, in the clear, to everybody. */
    public static OperatorServer bind(String host, int port, String node, List<Palette> palettes, Limits limits) {
        return bind(new HostPort(host, port), node, palettes, limits, Guard.open(), Optional.empty());
    }

    /**
     * Starts to listen.
     *
     * @param at port 0 for any free one
     * @param node how the node calls itself to clients
     * @param guard decides who may ask
     * @param tls its identity for each connection; without it, in the clear
     * @throws IllegalStateException where the port is taken
     */
    public static OperatorServer bind(
            HostPort at,
            String node,
            List<Palette> palettes,
            Limits limits,
            Guard guard,
            Optional<? extends Supplier<SSLContext>> tls) {
        var host = at.host();
        var port = at.port();
        try {
            var address = InetAddress.getByName(host);
            if (!address.isLoopbackAddress() && guard.isOpen()) {
                LOG.warn("the operators' interface listens at {}: whoever reaches it can change the cluster", host);
            }
            var server = new OperatorServer(listen(address, port), new Commands(palettes), node, limits, guard, tls);
            Thread.ofVirtual().name("operate-accept").start(server::accept);
            server.watch.scheduleWithFixedDelay(
                    () -> server.sessions.forEach(Session::watch),
                    WATCH_EVERY_MILLIS,
                    WATCH_EVERY_MILLIS,
                    TimeUnit.MILLISECONDS);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(host + ":" + port + " cannot be listened at: " + e.getMessage(), e);
        }
    }

    private static ServerSocket listen(InetAddress address, int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Where it listens, {@code host:port}. */
    public String address() {
        var host = socket.getInetAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                admit(socket.accept());
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.warn("an operator's connection was not accepted", e);
                    LockSupport.parkNanos(ACCEPT_AGAIN_NANOS);
                }
            }
        }
    }

    /** Those above the limit are told so, and those above twice the limit are not even heard. */
    private void admit(Socket client) throws IOException {
        var open = sessions.size();
        if (open >= 2 * limits.connectionsMax()) {
            client.close();
            return;
        }
        var session = new Session(
                new Line(client, secured(client)), commands, node, limits, guard, open >= limits.connectionsMax());
        sessions.add(session);
        if (socket.isClosed()) {
            session.close(); // it came while the port was being closed
        }
        Thread.ofVirtual().name("operate-session").start(() -> {
            try {
                session.run();
            } finally {
                sessions.remove(session);
            }
        });
    }

    /** The handshake comes with the first byte that is read, on the session's own thread. */
    private Socket secured(Socket client) throws IOException {
        if (tls.isEmpty()) {
            return client;
        }
        var secured = (SSLSocket) tls.get()
                .get()
                .getSocketFactory()
                .createSocket(client, client.getInetAddress().getHostAddress(), client.getPort(), true);
        secured.setUseClientMode(false);
        return secured;
    }

    /** Stops to listen, and ends what is under way. */
    @Override
    public void close() {
        watch.shutdownNow();
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("the operators' port did not close in order", e);
        }
        sessions.forEach(session -> session.finish(LAST_ANSWER_MAX));
    }
}
