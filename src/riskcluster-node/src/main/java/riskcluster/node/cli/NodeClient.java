package riskcluster.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import riskcluster.node.terminal.Access;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;

/** Asks a node; whatever goes wrong ends the command with a sentence. */
final class NodeClient {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    private static final int BAD_REQUEST = 400;
    /** No token, the wrong role, not there, too many requests: the words were right. */
    private static final Set<Integer> NOT_DONE = Set.of(401, 403, 404, 429);

    private static final int INTERNAL_ERROR = 500;
    private static final int GATEWAY_TIMEOUT = 504;

    private final URI node;
    private final Duration answerMax;
    private final Optional<String> token;
    private final Optional<SSLContext> trust;

    /**
     * A client of this node.
     *
     * @param access what is shown to it, and by what it is known
     * @param answerMax until an answer; a query may take 30 seconds at the node, an answer from a partition 10
     */
    NodeClient(URI node, Access access, Duration answerMax) {
        this.node = node;
        this.answerMax = answerMax;
        this.token = access.token(node.getHost(), "https".equals(node.getScheme()));
        this.trust = access.trust();
    }

    /** The answer about one thing; its name is encoded. */
    JsonNode about(String path, String name) {
        return get(path + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    JsonNode get(String path) {
        return answer(asked(path));
    }

    /** The answer as it is, also where its status says that something is wrong. */
    JsonNode json(String path) {
        return parse(asked(path));
    }

    /** An answer that is no JSON. */
    String text(String path) {
        var answer = asked(path);
        if (answer.status() >= BAD_REQUEST) {
            throw new CommandFailed(status(answer.status()), node + path + " answers with status " + answer.status());
        }
        return answer.text();
    }

    JsonNode post(String path, byte[] json) {
        return answer(exchange(() -> {
            var connection = connection(path, answerMax);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("content-type", "application/json");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(json.length); // or else it may be sent twice
            connect(connection);
            try (var body = connection.getOutputStream()) {
                body.write(json);
            }
            return whole(connection);
        }));
    }

    /** A stream of lines without an end. */
    InputStream follow(String path) {
        return exchange(() -> {
            var connection = connection(path, Duration.ZERO);
            connect(connection);
            if (connection.getResponseCode() >= BAD_REQUEST) {
                throw new CommandFailed(
                        Exit.UNWELL, node + " does not let its alerts be followed now" + why(whole(connection)));
            }
            return connection.getInputStream();
        });
    }

    private static String why(Answer refused) {
        try {
            return ": " + JSON.readTree(refused.body()).path("error").asText("try again later");
        } catch (IOException e) {
            return "; try again later";
        }
    }

    /** What came back, whatever its status. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    private record Answer(int status, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private Answer asked(String path) {
        return exchange(() -> {
            var connection = connection(path, answerMax);
            connect(connection);
            return whole(connection);
        });
    }

    /** Java's older client: the newer one takes three times as long to load as the question to ask. */
    private HttpURLConnection connection(String path, Duration readMax) throws IOException {
        var connection = (HttpURLConnection) URI.create(node + path).toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT_MAX.toMillis());
        connection.setReadTimeout((int) readMax.toMillis());
        connection.setInstanceFollowRedirects(false);
        token.ifPresent(shown -> connection.setRequestProperty("authorization", "Bearer " + shown));
        if (connection instanceof HttpsURLConnection secured) {
            trust.ifPresent(context -> secured.setSSLSocketFactory(context.getSocketFactory()));
        }
        return connection;
    }

    private void connect(HttpURLConnection connection) throws IOException {
        try {
            connection.connect();
        } catch (SocketTimeoutException e) {
            throw unreachable("the node at " + node + " does not answer", e);
        }
    }

    private static Answer whole(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (var body = status >= BAD_REQUEST ? connection.getErrorStream() : connection.getInputStream()) {
            return new Answer(status, body == null ? new byte[0] : body.readAllBytes());
        }
    }

    private JsonNode answer(Answer answer) {
        var body = parse(answer);
        if (answer.status() >= BAD_REQUEST) {
            var message = body.path("error").asText("it answered with status " + answer.status());
            throw new CommandFailed(status(answer.status()), message);
        }
        return body;
    }

    /** A question and its answer. */
    @FunctionalInterface
    private interface Exchange<T> {
        T go() throws IOException;
    }

    private <T> T exchange(Exchange<T> exchange) {
        try {
            return exchange.go();
        } catch (SSLException e) {
            throw Access.untrusted(node.toString(), e);
        } catch (ConnectException | UnknownHostException e) {
            throw unreachable("no node listens at " + node, e);
        } catch (SocketTimeoutException e) {
            throw new CommandFailed(
                    Exit.TIMEOUT,
                    "no answer from " + node + " within " + answerMax.toSeconds()
                            + " s; what was asked may still happen, and --timeout SECONDS waits longer",
                    e);
        } catch (IOException e) {
            throw unreachable("the node at " + node + " broke off", e);
        }
    }

    private static CommandFailed unreachable(String what, Exception cause) {
        return new CommandFailed(
                Exit.UNREACHABLE, what + "; start one with 'riskcluster dev' or name another with --node URL", cause);
    }

    private JsonNode parse(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            if (answer.status() >= BAD_REQUEST) {
                throw new CommandFailed(status(answer.status()), answer.text().strip(), e);
            }
            throw unreachable("what answers at " + node + " is no RiskCluster node", e);
        }
    }

    private static int status(int http) {
        if (http == GATEWAY_TIMEOUT) {
            return Exit.TIMEOUT;
        }
        return NOT_DONE.contains(http) || http >= INTERNAL_ERROR ? Exit.UNWELL : Exit.USAGE;
    }
}
