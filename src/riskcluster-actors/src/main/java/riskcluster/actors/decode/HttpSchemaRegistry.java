package riskcluster.actors.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A registry that speaks Confluent's REST protocol, version 7: {@code GET /schemas/ids/ID}, and for the schemas that one
 * refers to {@code GET /subjects/SUBJECT/versions/VERSION}. Whatever goes wrong is an id that is not known yet. Any
 * number of threads may share one; it remembers nothing.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    /** Bytes of one answer. */
    private static final long ANSWER_BYTES_MAX = 1 << 20;

    /** Schemas that one may refer to, all told. */
    private static final int REFERENCES_MAX = 64;

    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;
    private final HttpClient client;

    /** @param base {@code http://host:port}, with the path under which the protocol is served */
    public HttpSchemaRegistry(URI base) {
        this.base = base.toString().replaceFirst("/+$", "");
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_MAX)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    @Override
    public Lookup schema(int id) {
        try {
            var told = ask("/schemas/ids/" + id);
            var parser = new Schema.Parser();
            parseReferences(told, parser, new HashSet<>());
            return new Lookup.Known(parser.parse(text(told)));
        } catch (IOException | AvroRuntimeException e) {
            return new Lookup.Unknown("schema " + id + " is not known: " + base + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Lookup.Unknown("schema " + id + " is not known: the question to " + base + " was interrupted");
        }
    }

    /** A schema that another refers to must be parsed before it. */
    private void parseReferences(JsonNode told, Schema.Parser parser, Set<String> parsed)
            throws IOException, InterruptedException {
        for (var reference : told.path("references")) {
            var path = "/subjects/" + encoded(reference.path("subject").asText()) + "/versions/"
                    + reference.path("version").asInt();
            if (!parsed.add(path)) {
                continue;
            }
            if (parsed.size() > REFERENCES_MAX) {
                throw new IOException("it refers to more than " + REFERENCES_MAX + " others");
            }
            var referred = ask(path);
            parseReferences(referred, parser, parsed);
            parser.parse(text(referred));
        }
    }

    private JsonNode ask(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER_MAX)
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
                .build();
        var answer = client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        if (answer.statusCode() != OK) {
            throw new IOException("GET " + path + " is answered with status " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    private static String text(JsonNode told) throws IOException {
        var type = told.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new IOException("it is a schema of type " + type + ", allowed: AVRO");
        }
        var schema = told.path("schema");
        if (!schema.isTextual()) {
            throw new IOException("the answer has no schema in it");
        }
        return schema.asText();
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
