package riskcluster.faults.proxy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before Postgres and understands its messages well enough to lose exactly the answer to a COMMIT: the server has
 * committed, the client hears nothing but the end of the connection.
 */
public final class PostgresProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int LENGTH_BYTES = 4;
    private static final int MESSAGE_BYTES_MAX = 64 << 20;
    private static final byte COMMAND_COMPLETE = 'C';
    private static final byte AUTHENTICATION = 'R';
    private static final byte NO_ENCRYPTION = 'N';
    private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

    private final Relay relay;

    /** How many commits are answered before one is not; below zero, all are. */
    private final AtomicInteger answered = new AtomicInteger(-1);

    private final AtomicInteger lost = new AtomicInteger();

    private PostgresProxy(String host, int serverPort) throws IOException {
        this.relay = Relay.open(host, serverPort, PostgresProxy::upward, this::downward);
    }

    /** A proxy at this address of this machine, before the server at this port of it. */
    public static PostgresProxy before(String host, int serverPort) throws IOException {
        return new PostgresProxy(host, serverPort);
    }

    public int port() {
        return relay.port();
    }

    /** Loses the answer to one commit, after so many more have been answered. */
    public void loseAnswerAfter(int commits) {
        answered.set(commits);
    }

    /** Loses no answer any more. */
    public void loseNoMore() {
        answered.set(-1);
    }

    /** How many answers it has lost so far. */
    public int lost() {
        return lost.get();
    }

    private static void upward(Socket client, Socket server) throws IOException {
        client.getInputStream().transferTo(server.getOutputStream());
    }

    private void downward(Socket client, Socket server) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(server.getInputStream(), BUFFER_BYTES));
        var out = client.getOutputStream();
        boolean begun = false;
        while (true) {
            int type = in.read();
            if (type < 0) {
                return;
            }
            if (!begun && type == NO_ENCRYPTION) {
                out.write(type); // the answer to a question for encryption is this one byte
                continue;
            }
            begun |= type == AUTHENTICATION;
            int length = in.readInt();
            if (length < LENGTH_BYTES || length > MESSAGE_BYTES_MAX) {
                throw new IOException("a message of " + length + " bytes");
            }
            byte[] body = in.readNBytes(length - LENGTH_BYTES);
            if (type == COMMAND_COMPLETE && Arrays.equals(body, COMMITTED) && isLost()) {
                return;
            }
            pass(out, type, length, body);
        }
    }

    private boolean isLost() {
        if (answered.get() < 0 || answered.getAndDecrement() != 0) {
            return false;
        }
        lost.incrementAndGet();
        return true;
    }

    private static void pass(OutputStream out, int type, int length, byte[] body) throws IOException {
        var message = new byte[1 + LENGTH_BYTES + body.length];
        message[0] = (byte) type;
        message[1] = (byte) (length >>> 24);
        message[2] = (byte) (length >>> 16);
        message[3] = (byte) (length >>> 8);
        message[4] = (byte) length;
        System.arraycopy(body, 0, message, 1 + LENGTH_BYTES, body.length);
        out.write(message);
    }

    @Override
    public void close() throws IOException {
        relay.close();
    }
}
