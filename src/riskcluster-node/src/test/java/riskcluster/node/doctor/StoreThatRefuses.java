package riskcluster.node.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;

/** An S3 store that has a bucket and no file, and lets everybody delete but one. */
final class StoreThatRefuses implements AutoCloseable {

    private static final int FINE = 200;
    private static final int DELETED = 204;
    private static final int FORBIDDEN = 403;
    private static final int MISSING = 404;

    private final HttpServer server;
    private volatile String refused = "";

    StoreThatRefuses() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Who may not delete from now on. */
    void refuses(String identity) {
        refused = identity;
    }

    private void answer(HttpExchange asked) throws IOException {
        asked.getRequestBody().readAllBytes();
        asked.sendResponseHeaders(status(asked), -1);
        asked.close();
    }

    private int status(HttpExchange asked) {
        if (asked.getRequestMethod().equals("DELETE")) {
            var who = String.valueOf(asked.getRequestHeaders().getFirst("Authorization"));
            return who.contains("Credential=" + refused + "/") ? FORBIDDEN : DELETED;
        }
        return asked.getRequestURI().getPath().endsWith("/doctor") ? MISSING : FINE;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
