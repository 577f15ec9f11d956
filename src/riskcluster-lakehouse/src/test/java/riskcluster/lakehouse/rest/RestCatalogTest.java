package riskcluster.lakehouse.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.TestLake;

class RestCatalogTest {

    private static final String SILVER = "v1/namespaces/silver/tables/transactions";

    @TempDir
    private static Path folder;

    private static TestLake lake;
    private static RestCatalog rest;

    @BeforeAll
    static void commitTwoBatches() {
        lake = new TestLake(folder);
        for (int batch = 1; batch <= 2; batch++) {
            lake.seal(0, 5);
            lake.committer().commitOnce();
        }
        rest = new RestCatalog(lake.database, lake.catalog, Map.of("s3.region", "here"));
    }

    @AfterAll
    static void close() {
        lake.close();
    }

    private JsonNode get(int status, String path, Map<String, String> query) throws IOException {
        var answer = rest.answer("GET", path, query);
        assertThat(answer.status()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.json());
    }

    private JsonNode get(String path) throws IOException {
        return get(200, path, Map.of());
    }

    private static String batch(JsonNode table) {
        var metadata = table.path("metadata");
        long current = metadata.path("current-snapshot-id").asLong();
        for (JsonNode snapshot : metadata.path("snapshots")) {
            if (snapshot.path("snapshot-id").asLong() == current) {
                return snapshot.path("summary").path("rc.batch-id").asText();
            }
        }
        return "none";
    }

    @Test
    void theConfigurationSaysWhatMayBeAsked() throws IOException {
        var config = get("v1/config");
        assertThat(config.path("defaults").path("s3.region").asText()).isEqualTo("here");
        assertThat(config.path("overrides").has("prefix")).isFalse();
        assertThat(config.path("endpoints").valueStream().map(JsonNode::asText))
                .contains("GET /v1/{prefix}/namespaces/{namespace}/tables/{table}")
                .noneMatch(endpoint -> endpoint.startsWith("POST") || endpoint.startsWith("DELETE"));
    }

    @Test
    void namespacesAndTablesAreListed() throws IOException {
        assertThat(get("v1/namespaces").path("namespaces").toString())
                .isEqualTo("[[\"bronze\"],[\"gold\"],[\"silver\"]]");
        assertThat(get("v1/namespaces/silver/tables").path("identifiers").toString())
                .isEqualTo("[{\"namespace\":[\"silver\"],\"name\":\"transactions\"}]");
        assertThat(get("v1/namespaces/silver")
                        .path("properties")
                        .path("rc.batch-id")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void aTableIsShownAtTheNewestBatchOrAtTheOneThatIsNamed() throws IOException {
        assertThat(batch(get(SILVER))).isEqualTo("2");
        var pinned = get(200, "v1/config", Map.of("warehouse", "1"));
        assertThat(pinned.path("overrides").path("prefix").asText()).isEqualTo("batch-1");
        var first = get(SILVER.replace("v1/", "v1/batch-1/"));
        assertThat(batch(first)).isEqualTo("1");
        assertThat(first.path("metadata").path("snapshots"))
                .as("some engines read the newest snapshot that they find")
                .hasSize(1);
        assertThat(first.path("metadata-location").asText())
                .isEqualTo(get(SILVER).path("metadata-location").asText());
        assertThat(first.path("metadata").path("location").asText())
                .isEqualTo(lake.catalog.warehouse().locationOf(Tables.SILVER_TRANSACTIONS));
    }

    @Test
    void whatThereIsNotIsSaidInIcebergsWords() throws IOException {
        assertThat(get(404, "v1/namespaces/silver/tables/none", Map.of())
                        .path("error")
                        .path("type")
                        .asText())
                .isEqualTo("NoSuchTableException");
        assertThat(get(404, "v1/namespaces/none", Map.of())
                        .path("error")
                        .path("type")
                        .asText())
                .isEqualTo("NoSuchNamespaceException");
        assertThat(get(404, "v2/config", Map.of()).path("error").path("code").asInt())
                .isEqualTo(404);
        assertThat(get(400, "v1/config", Map.of("warehouse", "77"))
                        .path("error")
                        .path("message")
                        .asText())
                .contains("called 77", "nearest 2");
        assertThat(get(400, SILVER.replace("v1/", "v1/batch-77/"), Map.of())
                        .path("error")
                        .path("message")
                        .asText())
                .contains("batch 77 is not kept");
    }

    @Test
    void headSaysWhetherATableIsThere() {
        assertThat(rest.answer("HEAD", SILVER, Map.of()).status()).isEqualTo(204);
        assertThat(rest.answer("HEAD", SILVER + "s", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void everyVerbThatWritesIsRefused() throws IOException {
        String pointer = lake.text("SELECT string_agg(metadata_location, ' ' ORDER BY table_name) FROM iceberg_tables");
        for (String verb : List.of("POST", "PUT", "PATCH", "DELETE")) {
            for (String path : List.of(SILVER, "v1/namespaces", "v1/transactions/commit", "v1/tables/rename")) {
                var answer = rest.answer(verb, path, Map.of());
                assertThat(answer.status()).isEqualTo(405);
                assertThat(new ObjectMapper()
                                .readTree(answer.json())
                                .path("error")
                                .path("message")
                                .asText())
                        .contains("read-only");
            }
        }
        assertThat(lake.text("SELECT string_agg(metadata_location, ' ' ORDER BY table_name) FROM iceberg_tables"))
                .isEqualTo(pointer);
    }
}
