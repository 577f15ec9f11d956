package riskcluster.actors.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import riskcluster.actors.decode.SchemaRegistry.Lookup;

class HttpSchemaRegistryTest {

    private static final int NOT_FOUND = 404;

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private SchemaRegistry registry;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/", exchange -> {
            var answer = answers.get(exchange.getRequestURI().getRawPath());
            var body = (answer == null ? "{\"error_code\":40403}" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? NOT_FOUND : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        registry = SchemaRegistry.at("http://127.0.0.1:" + server.getAddress().getPort() + "/api/");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aSchemaIsFoundByItsId() {
        answers.put("/api/schemas/ids/7", "{\"schema\":\"{\\\"type\\\":\\\"string\\\"}\"}");
        assertThat(registry.schema(7))
                .isInstanceOfSatisfying(
                        Lookup.Known.class,
                        known -> assertThat(known.schema().toString()).isEqualTo("\"string\""));
    }

    @Test
    void whatASchemaRefersToIsReadBeforeIt() {
        answers.put(
                "/api/schemas/ids/8",
                "{\"schema\":\"{\\\"type\\\":\\\"array\\\",\\\"items\\\":\\\"bank.Money\\\"}\",\"references\":"
                        + "[{\"name\":\"bank.Money\",\"subject\":\"bank/money\",\"version\":2}]}");
        answers.put(
                "/api/subjects/bank%2Fmoney/versions/2",
                "{\"schema\":\"{\\\"type\\\":\\\"fixed\\\",\\\"name\\\":\\\"Money\\\",\\\"namespace\\\":\\\"bank\\\","
                        + "\\\"size\\\":8}\"}");
        assertThat(registry.schema(8))
                .isInstanceOfSatisfying(
                        Lookup.Known.class,
                        known -> assertThat(known.schema().getElementType().getFixedSize())
                                .isEqualTo(8));
    }

    @Test
    void anIdThatItDoesNotKnowAnotherKindOfSchemaAndAnAnswerWithoutEndAreNotKnownYet() {
        answers.put("/api/schemas/ids/9", "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}");
        answers.put("/api/schemas/ids/10", "{\"schema\":\"" + "x".repeat(2 << 20) + "\"}");
        assertThat(why(404)).contains("404");
        assertThat(why(9)).contains("PROTOBUF");
        assertThat(why(10)).contains("schema 10 is not known");
    }

    @Test
    void aRegistryThatIsNotThereIsAnAnswerToo() {
        stop();
        assertThat(why(7)).contains("schema 7 is not known");
    }

    @Test
    void aFolderIsNamedByItsPathOrUri() {
        assertThat(SchemaRegistry.at("/some/folder")).isInstanceOf(FileSchemaRegistry.class);
        assertThat(SchemaRegistry.at(URI.create("file:///some/folder").toString()))
                .isInstanceOf(FileSchemaRegistry.class);
    }

    private String why(int id) {
        return switch (registry.schema(id)) {
            case Lookup.Unknown(var why) -> why;
            default -> throw new AssertionError("schema " + id + " should not be known");
        };
    }
}
