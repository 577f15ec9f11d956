package riskcluster.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes traces by OTLP over HTTP and keeps their bytes. */
final class Collector implements AutoCloseable {

    private static final long WAIT_MAX_SECONDS = 30;

    private final HttpServer server;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            messages.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** All bytes, a character each, up to the message with this text, which is waited for. */
    String upTo(String text) throws InterruptedException {
        var all = new StringBuilder();
        while (all.indexOf(text) < 0) {
            var next = messages.poll(WAIT_MAX_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no '" + text + "' within " + WAIT_MAX_SECONDS + " s in: " + all);
            }
            all.append(next);
        }
        return all.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
