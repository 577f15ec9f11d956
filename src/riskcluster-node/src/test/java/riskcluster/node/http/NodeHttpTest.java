package riskcluster.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeHttpTest {
    private static ActorSystem<Void> system;
    private static HttpClient client;

    private final FakeNode node = new FakeNode();
    private NodeHttp http;

    @BeforeAll
    static void startSystem() {
        var local = ConfigFactory.parseString("pekko.actor.provider = local, pekko.loglevel = OFF")
                .withFallback(ConfigFactory.load());
        system = ActorSystem.create(Behaviors.empty(), "http", local);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stopSystem() {
        client.close();
        system.terminate();
    }

    @BeforeEach
    void start() {
        http = NodeHttp.start(system, node, 0);
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void answersAreJsonInSnakeCaseWithoutAbsentValues() throws Exception {
        var answer = get("/v1/cluster");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body())
                .isEqualTo("{\"name\":\"test\",\"members\":[{\"address\":\"pekko://riskcluster@127.0.0.1:25520\","
                               + "\"status\":\"Up\",\"leader\":true,\"roles\":[],\"reachable\":true,\"version\":\"0.0.0\"}],\"partitions\":[{\"partition\":0,\"epoch\":3,"
                               + "\"position\":120,\"alert_cursor\":118,\"data_cursor\":100,\"profile_cursor\":80,"
                               + "\"customers\":17}]}");
    }

    @Test
    void requestsAreCountedByRouteWithoutWhatTheCallerWrote() throws Exception {
        get("/v1/customers/u%201");
        get("/v1/customers/u2");
        get("/v2/u1");
        post("/v1/transactions", "text/plain", "{}");

        assertThat(node.answered())
                .containsExactly("/v1/customers/ID 200", "/v1/customers/ID 404", "other 404", "/v1/transactions 415");
    }

    /** A path that is added is to have a name of its own. */
    @Test
    void everyPathThatIsToldHasAName() throws Exception {
        var paths = get("/v2")
                .body()
                .replaceFirst(".*there are ", "")
                .replaceAll("[\"}]", "")
                .split(", ");

        assertThat(paths)
                .hasSizeGreaterThan(14)
                .allSatisfy(path -> assertThat(RouteName.of(path)).isNotEqualTo(RouteName.OTHER));
        assertThat(RouteName.of("/v1/tables/silver.transactions")).isEqualTo("/v1/tables/NAME");
        assertThat(RouteName.of("/iceberg/v1/config")).isEqualTo("/iceberg/...");
    }

    @Test
    void aCustomerIsFoundByHisEncodedId() throws Exception {
        assertThat(get("/v1/customers/u%201").body()).contains("\"user_id\":\"u 1\"", "\"sum\":\"10.5\"");
    }

    @Test
    void whatIsNotThereIsRefusedWithASentence() throws Exception {
        for (var path : new String[] {"/v1/customers/u2", "/v1/decisions/t2", "/v1/tables/x.y"}) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).startsWith("{\"error\":\"").contains(path.replaceFirst(".*/", ""));
        }
        assertThat(get("/v2").body()).contains("/v1/cluster");
    }

    @Test
    void aSentTransactionComesBackDecidedOrRejected() throws Exception {
        assertThat(post("/v1/transactions", "application/json", "{\"transaction_id\":\"t1\"}")
                        .body())
                .contains("\"disposition\":\"decided\"", "\"rule\":\"high_amount\"");
        assertThat(post("/v1/transactions", "application/json", "{}").body())
                .contains("\"disposition\":\"rejected\"", "\"reason\":\"RC-1005\"");
        assertThat(node.sent()).hasSize(2);
    }

    @Test
    void aPageOfAnotherOriginCanNeitherSendNorAsk() throws Exception {
        assertThat(post("/v1/transactions", "text/plain", "{\"transaction_id\":\"t1\"}")
                        .statusCode())
                .isEqualTo(415);
        assertThat(post("/v1/sql", "text/plain", "{\"sql\":\"select 1\"}").statusCode())
                .isEqualTo(415);
        assertThat(node.sent()).isEmpty();
    }

    @Test
    void aPageThatCallsThisMachineByAnotherNameReadsNothing() throws Exception {
        var port = URI.create(http.address()).getPort();
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write("GET /v1/cluster HTTP/1.0\r\nHost: evil.example\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).contains(" 403 ").doesNotContain("members");
        }
    }

    @Test
    void icebergsCatalogIsAskedWithMethodPathAndQuery() throws Exception {
        var answer = get("/iceberg/v1/config?warehouse=42");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"asked\":\"GET /v1/config {warehouse=42}\"}");

        var refused = post("/iceberg/v1/namespaces", "application/json", "{\"namespace\":[\"mine\"]}");
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.body()).contains("POST /v1/namespaces");
    }

    @Test
    void aQueryMayNameItsBatch() throws Exception {
        var answer = post("/v1/sql", "application/json", "{\"sql\":\"select 1\",\"at\":\"day-2026-01-06\"}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("called day-2026-01-06");
    }

    @Test
    void aQueryGivesColumnsAndRowsWithNulls() throws Exception {
        var answer = post("/v1/sql", "application/json", "{\"sql\":\"select 1\"}");

        assertThat(answer.body())
                .isEqualTo("{\"batch\":7,\"columns\":[\"band\",\"n\",\"note\"],\"rows\":[[\"HIGH\",3,null]],"
                        + "\"cut\":false}");
    }

    @Test
    void aQueryThatCannotBeAskedIsRefused() throws Exception {
        assertThat(post("/v1/sql", "application/json", "{\"sql\":\"drop table x\"}")
                        .body())
                .isEqualTo("{\"error\":\"only queries are allowed\"}");
        for (var body : new String[] {"", "[]", "{}", "{\"sql\":7}", "no json", "[".repeat(10_000)}) {
            assertThat(post("/v1/sql", "application/json", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void aRequestLargerThanAMebibyteIsRefused() throws Exception {
        var answer = post("/v1/transactions", "application/json", "x".repeat(1 << 20) + "x");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"code\":\"RC-2205\"");
        assertThat(node.sent()).isEmpty();
    }

    @Test
    void alertsAreFollowedLineByLine() throws Exception {
        var request = HttpRequest.newBuilder(uri("/v1/alerts?from=start")).build();
        var answer = client.send(request, BodyHandlers.ofInputStream());

        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("{\"transaction_id\":\"t1\",\"from_start\":true}");
        }
        assertThat(get("/v1/alerts?from=yesterday").statusCode()).isEqualTo(400);
    }

    @Test
    void probesTellLiveFromReady() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);

        node.fallIll();

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).contains("partition 2 waits for a person");
    }

    @Test
    void metricsAreTextForPrometheus() throws Exception {
        var answer = get("/metrics");

        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body()).contains("riskcluster_batch 7.0");
    }

    @Test
    void aFailureInsideIsAnAnswerToo() throws Exception {
        var answer = get("/v1/customers/ill");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("asked too long");
    }

    @Test
    void aTakenPortIsNamed() {
        var port = URI.create(http.address()).getPort();

        assertThatThrownBy(() -> NodeHttp.start(system, node, port)).hasMessageContaining("port " + port);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .header("content-type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(http.address() + path);
    }
}
