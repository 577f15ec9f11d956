package riskcluster.faults.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands before an S3 store: refuses requests, does not answer them, or lets a PUT happen and loses its answer. Bytes
 * pass as they are, so signatures stay right.
 */
public final class StoreProxy implements AutoCloseable {

    private static final int HEAD_BYTES_MAX = 64 * 1024;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] CONTINUE = "HTTP/1.1 100".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SLOW_DOWN = ("HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private enum Fate {
        PASS,
        REFUSED,
        UNANSWERED,
        ANSWER_LOST
    }

    private final Relay relay;
    private final Map<Socket, Fate> fates = new ConcurrentHashMap<>();
    private final AtomicReference<SplittableRandom> trouble = new AtomicReference<>();
    private final AtomicInteger putsToLose = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    private StoreProxy(String host, int serverPort) throws IOException {
        this.relay = Relay.open(host, serverPort, this::upward, this::downward);
    }

    /** A proxy at this address of this machine, before the store at this port of it. */
    public static StoreProxy before(String host, int serverPort) throws IOException {
        return new StoreProxy(host, serverPort);
    }

    public int port() {
        return relay.port();
    }

    /** From now on every third request or so is refused, and every tenth is not answered. */
    public void trouble(long seed) {
        trouble.set(new SplittableRandom(seed));
    }

    /** From now on requests pass. */
    public void calm() {
        trouble.set(null);
    }

    /** Loses no answer to a PUT any more. */
    public void loseNoMore() {
        putsToLose.set(0);
    }

    /** Lets the next PUT happen and loses its answer. */
    public void loseAnswerToPut() {
        putsToLose.incrementAndGet();
    }

    /** What it has done so far, for a person. */
    public String counts() {
        return refused + " requests refused, " + unanswered + " not answered, " + lost + " answers to a PUT lost";
    }

    /** How many answers to a PUT it has lost so far. */
    public int lost() {
        return lost.get();
    }

    private void upward(Socket client, Socket server) throws IOException {
        var in = new BufferedInputStream(client.getInputStream(), BUFFER_BYTES);
        var out = server.getOutputStream();
        while (true) {
            byte[] head = head(in);
            var words = new String(head, StandardCharsets.ISO_8859_1);
            var fate = fate(words);
            switch (fate) {
                case REFUSED -> {
                    refused.incrementAndGet();
                    client.getOutputStream().write(SLOW_DOWN);
                    return;
                }
                case UNANSWERED -> {
                    unanswered.incrementAndGet();
                    in.transferTo(OutputStream.nullOutputStream()); // until the client gives up
                    return;
                }
                case PASS, ANSWER_LOST -> {
                    fates.put(client, fate);
                    out.write(head);
                    body(in, out, length(words));
                }
            }
        }
    }

    private Fate fate(String head) {
        if (head.startsWith("PUT ") && putsToLose.get() > 0 && putsToLose.getAndDecrement() > 0) {
            return Fate.ANSWER_LOST;
        }
        var chance = trouble.get();
        if (chance == null) {
            return Fate.PASS;
        }
        int drawn;
        synchronized (chance) {
            drawn = chance.nextInt(30);
        }
        return drawn < 10 ? Fate.REFUSED : drawn < 13 ? Fate.UNANSWERED : Fate.PASS;
    }

    private void downward(Socket client, Socket server) throws IOException {
        var in = server.getInputStream();
        var out = client.getOutputStream();
        var buffer = new byte[BUFFER_BYTES];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (fates.get(client) == Fate.ANSWER_LOST && !startsWith(buffer, CONTINUE)) {
                    lost.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, count);
            }
        } finally {
            fates.remove(client);
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** A request's line and headers, to the empty line that ends them. */
    private static byte[] head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int newLines = 0;
        while (newLines < 2) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the client has gone");
            }
            head.write(next);
            if (next == '\n') {
                newLines++;
            } else if (next != '\r') {
                newLines = 0;
            }
            if (head.size() > HEAD_BYTES_MAX) {
                throw new IOException("a request with more than " + HEAD_BYTES_MAX + " bytes of headers");
            }
        }
        return head.toByteArray();
    }

    /** The length of the body; the S3 client always tells it. */
    private static long length(String head) {
        return head.toLowerCase(Locale.ROOT)
                .lines()
                .filter(line -> line.startsWith("content-length:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private static void body(InputStream in, OutputStream out, long bytes) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        long left = bytes;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException("the client has gone within a body");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        relay.close();
    }
}
