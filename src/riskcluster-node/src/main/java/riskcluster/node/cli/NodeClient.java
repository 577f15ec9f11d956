package riskcluster.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import riskcluster.node.terminal.Access;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;

/** Asks a node; whatever goes wrong ends the command with a sentence. */
final class NodeClient implements AutoCloseable {

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
    private final HttpClient http;

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
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_MAX);
        access.trust().ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    /** The answer about one thing; its name is encoded. */
    JsonNode about(String path, String name) {
        return get(path + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    JsonNode get(String path) {
        return answer(request(path).timeout(answerMax).GET().build());
    }

    /** The answer as it is, also where its status says that something is wrong. */
    JsonNode json(String path) {
        return parse(send(request(path).timeout(answerMax).GET().build(), BodyHandlers.ofByteArray()));
    }

    /** An answer that is no JSON. */
    String text(String path) {
        var response = send(request(path).timeout(answerMax).GET().build(), BodyHandlers.ofString());
        if (response.statusCode() >= BAD_REQUEST) {
            throw new CommandFailed(
                    status(response.statusCode()), node + path + " answers with status " + response.statusCode());
        }
        return response.body();
    }

    JsonNode post(String path, byte[] json) {
        return answer(request(path)
                .timeout(answerMax)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(json))
                .build());
    }

    /** A stream of lines without an end. */
    InputStream follow(String path) {
        var response = send(request(path).GET().build(), BodyHandlers.ofInputStream());
        if (response.statusCode() >= BAD_REQUEST) {
            throw new CommandFailed(Exit.UNWELL, node + " does not let its alerts be followed now" + why(response));
        }
        return response.body();
    }

    private static String why(HttpResponse<InputStream> refused) {
        try (var body = refused.body()) {
            return ": " + JSON.readTree(body).path("error").asText("try again later");
        } catch (IOException e) {
            return "; try again later";
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(node + path));
        token.ifPresent(shown -> request.header("authorization", "Bearer " + shown));
        return request;
    }

    private JsonNode answer(HttpRequest request) {
        var response = send(request, BodyHandlers.ofByteArray());
        var body = parse(response);
        if (response.statusCode() >= BAD_REQUEST) {
            var message = body.path("error").asText("it answered with status " + response.statusCode());
            throw new CommandFailed(status(response.statusCode()), message);
        }
        return body;
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (SSLException e) {
            throw Access.untrusted(node.toString(), e);
        } catch (ConnectException e) {
            throw unreachable("no node listens at " + node, e);
        } catch (HttpConnectTimeoutException e) {
            throw unreachable("the node at " + node + " does not answer", e);
        } catch (HttpTimeoutException e) {
            throw new CommandFailed(
                    Exit.TIMEOUT,
                    "no answer from " + node + " within " + answerMax.toSeconds()
                            + " s; what was asked may still happen, and --timeout SECONDS waits longer",
                    e);
        } catch (IOException e) {
            throw unreachable("the node at " + node + " broke off", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(Exit.UNWELL, "interrupted", e);
        }
    }

    private static CommandFailed unreachable(String what, Exception cause) {
        return new CommandFailed(
                Exit.UNREACHABLE, what + "; start one with 'riskcluster dev' or name another with --node URL", cause);
    }

    private JsonNode parse(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            if (response.statusCode() >= BAD_REQUEST) {
                throw new CommandFailed(
                        status(response.statusCode()), new String(response.body(), StandardCharsets.UTF_8).strip(), e);
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
