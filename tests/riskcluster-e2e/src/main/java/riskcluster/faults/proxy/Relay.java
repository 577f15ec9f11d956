package riskcluster.faults.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes connections at a port of its own and leads each to one server, both directions in threads of their own. */
final class Relay implements AutoCloseable {

    /** One direction of one connection; ends when a side has closed. */
    interface Direction {
        void run(Socket client, Socket server) throws IOException;
    }

    private final ServerSocket door;
    private final int serverPort;
    private final Direction upward;
    private final Direction downward;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Relay(ServerSocket door, int serverPort, Direction upward, Direction downward) {
        this.door = door;
        this.serverPort = serverPort;
        this.upward = upward;
        this.downward = downward;
    }

    /** Opens a port at this address of this machine. */
    static Relay open(String host, int serverPort, Direction upward, Direction downward) throws IOException {
        var door = new ServerSocket();
        door.bind(new InetSocketAddress(host, 0));
        var relay = new Relay(door, serverPort, upward, downward);
        Thread.ofVirtual().name("relay").start(relay::take);
        return relay;
    }

    int port() {
        return door.getLocalPort();
    }

    private void take() {
        while (!door.isClosed()) {
            try {
                connect(door.accept());
            } catch (IOException closed) {
                return; // the door closes with the test
            }
        }
    }

    private void connect(Socket client) throws IOException {
        var server = new Socket();
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
        } catch (IOException away) {
            client.close(); // the client sees a server that is away, which is what it is
            return;
        }
        open.add(client);
        open.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> lead(upward, client, server));
        Thread.ofVirtual().start(() -> lead(downward, client, server));
    }

    private void lead(Direction direction, Socket client, Socket server) {
        try {
            direction.run(client, server);
        } catch (IOException ended) {
            // One side is gone; the other learns it now.
        } finally {
            drop(client);
            drop(server);
        }
    }

    private void drop(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // There is nothing left to close.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        open.forEach(this::drop);
    }
}
