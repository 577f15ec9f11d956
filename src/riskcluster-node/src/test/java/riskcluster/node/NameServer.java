package riskcluster.node;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A DNS server that knows one name: its addresses, and the ports of one service at them. */
final class NameServer implements AutoCloseable {

    private static final short RESPONSE = (short) 0x8400;
    private static final short NO_SUCH_NAME = (short) 0x8403;
    private static final int TYPE_A = 1;
    private static final int TYPE_SRV = 33;
    private static final int TTL_SECONDS = 1;
    private static final int HEADER_BYTES = 12;

    private final DatagramSocket socket;
    private final String name;
    private final List<HostPort> nodes;

    private NameServer(DatagramSocket socket, String name, List<HostPort> nodes) {
        this.socket = socket;
        this.name = name;
        this.nodes = nodes;
    }

    static NameServer start(String name, List<HostPort> nodes) throws IOException {
        var server = new NameServer(new DatagramSocket(0, InetAddress.getLoopbackAddress()), name, nodes);
        Thread.ofPlatform().daemon().name("names").start(server::run);
        return server;
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void run() {
        try {
            while (!socket.isClosed()) {
                var asked = new DatagramPacket(new byte[512], 512);
                socket.receive(asked);
                var answer = answer(ByteBuffer.wrap(asked.getData(), 0, asked.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private byte[] answer(ByteBuffer asked) throws IOException {
        short id = asked.getShort(0);
        asked.position(HEADER_BYTES);
        var wanted = readName(asked);
        int type = asked.getShort();
        var out = ByteBuffer.allocate(1_024);
        boolean srv = type == TYPE_SRV && wanted.equals("_management._tcp." + name);
        boolean plain = wanted.equals(name);
        int answers = srv ? nodes.size() : plain && type == TYPE_A ? nodes.size() : 0;
        out.putShort(id).putShort(srv || plain ? RESPONSE : NO_SUCH_NAME);
        out.putShort((short) 1).putShort((short) answers).putShort((short) 0);
        out.putShort((short) 0);
        writeName(out, wanted);
        out.putShort((short) type).putShort((short) 1);
        for (int node = 0; node < answers; node++) {
            if (srv) {
                writeService(out, wanted, node);
            } else {
                writeAddress(out, name, nodes.get(node));
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private void writeService(ByteBuffer out, String wanted, int node) {
        writeName(out, wanted);
        out.putShort((short) TYPE_SRV).putShort((short) 1).putInt(TTL_SECONDS);
        var target = ByteBuffer.allocate(256);
        writeName(target, nodes.get(node).host());
        out.putShort((short) (6 + target.position())).putShort((short) 1).putShort((short) 1);
        out.putShort((short) nodes.get(node).port()).put(target.flip());
    }

    private static void writeAddress(ByteBuffer out, String owner, HostPort node) throws IOException {
        writeName(out, owner);
        out.putShort((short) TYPE_A).putShort((short) 1).putInt(TTL_SECONDS).putShort((short) 4);
        out.put(InetAddress.getByName(node.host()).getAddress());
    }

    private static void writeName(ByteBuffer out, String name) {
        for (var label : name.split("\\.")) {
            out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.put((byte) 0);
    }

    private static String readName(ByteBuffer in) {
        var name = new StringBuilder();
        for (int length = in.get(); length > 0; length = in.get()) {
            var label = new byte[length];
            in.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString();
    }

    @Override
    public void close() {
        socket.close();
    }
}
