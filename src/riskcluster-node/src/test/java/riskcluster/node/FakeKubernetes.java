package riskcluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An API server of Kubernetes with pods and leases: over TLS, for the bearer of one token, in one namespace, with
 * versions of resources as the real one has them.
 */
final class FakeKubernetes implements AutoCloseable {

    static final String NAMESPACE = "fraud";
    private static final String TOKEN = "token-of-the-service-account";
    private static final String PODS = "/api/v1/namespaces/" + NAMESPACE + "/pods";
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/" + NAMESPACE + "/leases";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int INVALID = 422;

    private final HttpsServer server;
    private final List<ObjectNode> pods = new CopyOnWriteArrayList<>();
    private final Map<String, JsonNode> leases = new LinkedHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private long version = 1;

    private FakeKubernetes(HttpsServer server) {
        this.server = server;
    }

    /** Listens, and puts what a pod finds of its service account into the folder. */
    static FakeKubernetes start(Path folder) throws IOException, GeneralSecurityException {
        try (var authority = resource("ca.crt")) {
            Files.copy(authority, folder.resolve("ca.crt"));
        }
        Files.writeString(folder.resolve("token"), TOKEN);
        Files.writeString(folder.resolve("namespace"), NAMESPACE);
        var server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity()));
        var fake = new FakeKubernetes(server);
        server.createContext("/", fake::answer);
        server.start();
        return fake;
    }

    private static java.io.InputStream resource(String name) {
        return Objects.requireNonNull(FakeKubernetes.class.getResourceAsStream("kubernetes/" + name));
    }

    private static SSLContext identity() throws IOException, GeneralSecurityException {
        var password = "server".toCharArray();
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = resource("server.p12")) {
            keys.load(in, password);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** A pod with one container, as the list of pods tells it. */
    void pod(String label, String ip, int management, String phase, boolean deleted) {
        var pod = JSON.createObjectNode();
        var metadata = pod.putObject("metadata");
        metadata.put("name", "pod-" + pods.size()).putObject("labels").put("app.kubernetes.io/name", label);
        if (deleted) {
            metadata.put("deletionTimestamp", "2026-01-01T00:00:00Z");
        }
        var container = pod.putObject("spec").putArray("containers").addObject().put("name", "node");
        container.putArray("ports").addObject().put("name", "management").put("containerPort", management);
        pod.putObject("status").put("phase", phase).put("podIP", ip);
        pods.add(pod);
    }

    /** What was asked, as {@code METHOD path}. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** Who holds each lease, by its name; empty where nobody does. */
    synchronized Map<String, String> holders() {
        var holders = new LinkedHashMap<String, String>();
        leases.forEach((name, lease) ->
                holders.put(name, lease.path("spec").path("holderIdentity").asText()));
        return holders;
    }

    /** Somebody else takes a lease, as an operator may. */
    synchronized void give(String lease, String holder) {
        var taken = (ObjectNode) Objects.requireNonNull(leases.get(lease)).deepCopy();
        ((ObjectNode) taken.path("spec")).put("holderIdentity", holder);
        store(lease, taken);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            var reply = reply(exchange);
            var body = JSON.writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private record Reply(int status, JsonNode body) {}

    private synchronized Reply reply(HttpExchange exchange) throws IOException {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return failure(UNAUTHORIZED, "Unauthorized");
        }
        var path = exchange.getRequestURI().getPath().replaceAll("/$", "");
        var call = exchange.getRequestMethod() + (path.startsWith(LEASES + "/") ? " lease" : " " + path);
        var name = path.substring(path.lastIndexOf('/') + 1);
        return switch (call) {
            case "GET " + PODS -> new Reply(OK, listed(exchange.getRequestURI().getRawQuery()));
            case "GET lease" ->
                leases.containsKey(name) ? new Reply(OK, leases.get(name)) : failure(NOT_FOUND, "NotFound");
            case "POST " + LEASES -> create(JSON.readTree(exchange.getRequestBody()));
            case "PUT lease" -> update(name, JSON.readTree(exchange.getRequestBody()));
            default -> failure(NOT_FOUND, "NotFound");
        };
    }

    private JsonNode listed(String query) {
        var selector = URLDecoder.decode(query, StandardCharsets.UTF_8).replace("labelSelector=", "");
        var wanted = selector.split("=", 2);
        var list = JSON.createObjectNode().put("kind", "PodList").put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", Long.toString(version));
        var chosen = new ArrayList<JsonNode>(pods);
        chosen.removeIf(pod ->
                !pod.path("metadata").path("labels").path(wanted[0]).asText().equals(wanted[1]));
        list.putArray("items").addAll(chosen);
        return list;
    }

    private Reply create(JsonNode lease) {
        var name = lease.path("metadata").path("name").asText();
        if (!NAME.matcher(name).matches()) {
            return failure(INVALID, "Invalid");
        }
        return leases.containsKey(name)
                ? failure(CONFLICT, "AlreadyExists")
                : new Reply(CREATED, store(name, (ObjectNode) lease));
    }

    /** The version that was read must still be the one that is there. */
    private Reply update(String name, JsonNode lease) {
        var there = leases.get(name);
        if (there == null) {
            return failure(NOT_FOUND, "NotFound");
        }
        var read = lease.path("metadata").path("resourceVersion");
        return read.equals(there.path("metadata").path("resourceVersion"))
                ? new Reply(OK, store(name, (ObjectNode) lease))
                : failure(CONFLICT, "Conflict");
    }

    private JsonNode store(String name, ObjectNode lease) {
        version++;
        ((ObjectNode) lease.path("metadata")).put("resourceVersion", Long.toString(version));
        leases.put(name, lease);
        return lease;
    }

    private static Reply failure(int status, String reason) {
        var body = JSON.createObjectNode().put("kind", "Status").put("apiVersion", "v1");
        body.put("status", "Failure").put("reason", reason).put("code", status);
        return new Reply(status, body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
