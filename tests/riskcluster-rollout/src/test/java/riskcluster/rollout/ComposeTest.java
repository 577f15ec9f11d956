package riskcluster.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static riskcluster.rollout.Project.each;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compose file, by the Compose Specification's own schema and by what is promised of it. */
class ComposeTest {

    private static final JsonNode COMPOSE =
            Project.yaml(Project.text("docker-compose.yml")).getFirst();
    private static final List<String> NODES = List.of("node-1", "node-2", "node-3");

    private static List<Map.Entry<String, JsonNode>> services() {
        return List.copyOf(COMPOSE.path("services").properties());
    }

    @Test
    void itFitsTheSpecification() {
        var schema = (ObjectNode) Project.json("tests/riskcluster-rollout/src/test/resources/compose-spec.json");
        assertThat(Project.violations(schema, VersionFlag.V202012, COMPOSE)).isEmpty();

        var wrong = COMPOSE.deepCopy();
        ((ObjectNode) wrong.at("/services/node-1")).put("mem_limits", "2g");
        assertThat(Project.violations(schema, VersionFlag.V202012, wrong)).isNotEmpty();
    }

    @Test
    void everyServiceIsPinnedLimitedAndAsked() {
        assertThat(services()).hasSizeGreaterThan(12).allSatisfy(entry -> {
            var service = entry.getValue();
            assertThat(service.path("image").asText()).matches("[^:]+:.+").doesNotEndWith(":latest");
            assertThat(service.has("mem_limit")).as(entry.getKey()).isTrue();
            assertThat(service.has("cpus")).as(entry.getKey()).isTrue();
            // one that ends is waited for, not asked
            assertThat(service.has("healthcheck")
                            || service.path("restart").asText().equals("no"))
                    .as(entry.getKey())
                    .isTrue();
        });
    }

    @Test
    void secretsAreFilesAndPortsAreForThisMachine() {
        assertThat(each(COMPOSE.path("secrets"))).isNotEmpty().allMatch(secret -> secret.has("file"));
        assertThat(services()).allSatisfy(entry -> {
            assertThat(each(entry.getValue().path("ports")))
                    .allMatch(port -> port.asText().startsWith("127.0.0.1:"));
            assertThat(entry.getValue().path("environment").properties())
                    .extracting(Map.Entry::getKey)
                    .filteredOn(name -> name.contains("PASSWORD") || name.contains("SECRET"))
                    .allMatch(name -> name.endsWith("_FILE"));
            each(entry.getValue().path("volumes"))
                    .map(JsonNode::asText)
                    .filter(volume -> volume.startsWith("./"))
                    .forEach(volume ->
                            assertThat(Project.file(volume.split(":")[0])).exists());
        });
    }

    @Test
    void threeNodesOfThreeBrokersAreToldWhatThereIs() {
        Settings.holdToKeys(Settings.of("docker/node.conf"));
        assertThat(NODES).allSatisfy(node -> {
            var service = COMPOSE.at("/services/" + node);
            var variables = service.path("environment");
            Settings.holdVariablesToKeys(
                    variables.properties().stream().map(Map.Entry::getKey).toList());
            assertThat(variables.path("RISKCLUSTER_CLUSTER_ADDRESS").asText()).startsWith(node + ":");
            assertThat(service.path("read_only").asBoolean()).isTrue();
        });
        var managements = NODES.stream()
                .map(node -> COMPOSE.at("/services/" + node + "/environment/RISKCLUSTER_MANAGEMENT_ADDRESS")
                        .asText())
                .toList();
        assertThat(Settings.of("docker/node.conf").getStringList("cluster.contacts"))
                .isEqualTo(managements);
        var scraped = Project.yaml(Project.text("telemetry/prometheus.yml")).getFirst();
        assertThat(each(scraped.at("/scrape_configs/0/static_configs/0/targets"))
                        .map(JsonNode::asText))
                .isEqualTo(managements);
        assertThat(List.of("kafka-1", "kafka-2", "kafka-3")).allSatisfy(broker -> {
            var told = COMPOSE.at("/services/" + broker + "/environment");
            assertThat(told.path("KAFKA_DEFAULT_REPLICATION_FACTOR").asInt()).isEqualTo(3);
            assertThat(told.path("KAFKA_MIN_INSYNC_REPLICAS").asInt()).isEqualTo(2);
        });
    }

    @Test
    void makeHasThePromisedWords() {
        assertThat(Project.found(Pattern.compile("(?m)^([a-z]+):.*## "), Project.text("Makefile")))
                .contains("up", "down", "health", "logs", "test", "clean", "help");
    }

    @Test
    void secretsAreWrittenOnceAndFitTheKeysThatReadThem(@TempDir Path folder) throws Exception {
        var secrets = folder.resolve("secrets");
        var script = Project.file("docker/secrets").toString();
        assertThat(Project.run(script, secrets.toString()).status()).isZero();
        var first = Files.readString(secrets.resolve("database-password"));
        assertThat(Project.run(script, secrets.toString()).status()).isZero();

        assertThat(Files.readString(secrets.resolve("database-password")))
                .isEqualTo(first)
                .hasSize(48);
        assertThat(Files.size(secrets.resolve("pseudonym-key"))).isEqualTo(32);
        assertThat(Files.readString(secrets.resolve("s3-credentials"))).contains("[default]", "aws_secret_access_key");
        assertThat(Files.getPosixFilePermissions(secrets)).hasSize(3);
        each(COMPOSE.path("secrets"))
                .map(secret -> Path.of(secret.path("file").asText()).getFileName())
                .forEach(name -> assertThat(secrets.resolve(name)).exists());
    }
}
