package riskcluster.node.operate;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.node.operate.protocol.Frame;
import riskcluster.node.operate.protocol.Wire;

/** A client's socket: frames in and out, and since when it hangs in one of them. */
final class Line implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final Duration PARTING_MAX = Duration.ofSeconds(1);
    private static final long NOT = Long.MIN_VALUE;

    private final Socket client;
    private final Socket socket;
    private final DataInputStream in;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile long readingSince = NOT;
    private volatile long writingSince = NOT;

    /**
     * A client's connection.
     *
     * @param client ends it at once, whatever somebody else does with it
     * @param socket what is read and written: the same, or TLS over it
     */
    Line(Socket client, Socket socket) throws IOException {
        this.client = client;
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        this.in = new DataInputStream(new FrameBeginning(new BufferedInputStream(socket.getInputStream())));
    }

    /** The client's address, without its port. */
    String from() {
        return socket.getInetAddress().getHostAddress();
    }

    /** The next frame, or nothing where the client has ended. */
    Optional<Frame> read() throws IOException {
        try {
            return Wire.read(in, Wire.REQUEST_BYTES_MAX);
        } finally {
            readingSince = NOT;
        }
    }

    /** Sends a frame; one at a time, whoever writes. */
    void write(Frame frame) throws IOException {
        var bytes = Wire.bytes(frame);
        writing.lock();
        try {
            writingSince = System.nanoTime();
            var out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } finally {
            writingSince = NOT;
            writing.unlock();
        }
    }

    /** A frame was begun and not ended for so long: the other side has stopped, or never meant to end. */
    boolean hangs(Duration max) {
        return longerThan(readingSince, max) || longerThan(writingSince, max);
    }

    private static boolean longerThan(long since, Duration max) {
        return since != NOT && System.nanoTime() - since > max.toNanos();
    }

    /**
     * Says the last word and waits until the client has ended too: closing with bytes unread would throw away what the
     * client has not read yet.
     */
    void part(Frame last) throws IOException {
        write(last);
        socket.shutdownOutput();
        socket.setSoTimeout((int) PARTING_MAX.toMillis());
        for (var left = Wire.REQUEST_BYTES_MAX; left > 0; left--) {
            if (in.read() < 0) {
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            client.close(); // TLS would first wait for whoever writes
        } catch (IOException e) {
            LOG.debug("a client's socket did not close in order", e);
        }
    }

    /** Notes when the first byte of a frame came. */
    private final class FrameBeginning extends FilterInputStream {
        FrameBeginning(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var next = super.read();
            if (readingSince == NOT) {
                readingSince = System.nanoTime();
            }
            return next;
        }
    }
}
