package riskcluster.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import riskcluster.lakehouse.catalog.WarehouseAccess;
import riskcluster.node.HostPort;
import riskcluster.node.Membership;
import riskcluster.node.NodeConfig.Mode;
import riskcluster.node.log.LogFormat;
import riskcluster.node.log.LogLevel;
import riskcluster.node.log.LogSettings;

class ConfigFileTest {

    /** One value of each key that no node starts with. */
    private static final Map<String, String> WRONG = Map.ofEntries(
            Map.entry("mode", "prodction"),
            Map.entry("unguarded", "cluster,everything"),
            Map.entry("cluster.key-file", "/nowhere/tls.key"),
            Map.entry("cluster.certificate-file", "/nowhere/tls.crt"),
            Map.entry("cluster.authorities-file", "/nowhere/ca.crt"),
            Map.entry("cluster.revoked-file", "/nowhere/revoked.pem"),
            Map.entry("management.tls", "https"),
            Map.entry("http.host", ""),
            Map.entry("doors.key-file", "/nowhere/tls.key"),
            Map.entry("doors.certificate-file", "/nowhere/tls.crt"),
            Map.entry("doors.tokens-file", "/nowhere/tokens"),
            Map.entry("rules", ""),
            Map.entry("pseudonym-key-file", "/nowhere/key"),
            Map.entry("schemas", "/nowhere"),
            Map.entry("kafka.bootstrap", "localhost"),
            Map.entry("kafka.client-file", "/nowhere/client.properties"),
            Map.entry("topics.input", "a topic"),
            Map.entry("topics.dlq", "a topic"),
            Map.entry("topics.alerts", ""),
            Map.entry("topics.anomaly-alerts", "ä"),
            Map.entry("topics.partitions", "0"),
            Map.entry("topics.replication", "1"),
            Map.entry("topics.retention", "a week"),
            Map.entry("database.url", "postgresql://localhost/risk"),
            Map.entry("database.user", ""),
            Map.entry("database.password-file", "/nowhere/password"),
            Map.entry("database.connections", "3"),
            Map.entry("warehouse.uri", "warehouse"),
            Map.entry("contracts", "/nowhere"),
            Map.entry("gold.enabled", "gold"),
            Map.entry("gold.star", "starlit"),
            Map.entry("cluster.name", "my cluster"),
            Map.entry("cluster.address", "10.0.0.7"),
            Map.entry("cluster.bind", "0.0.0.0:70000"),
            Map.entry("cluster.join", "gossip"),
            Map.entry("cluster.seeds", "a:1,b"),
            Map.entry("cluster.contacts", "a:1,b:0"),
            Map.entry("cluster.contacts-min", "0"),
            Map.entry("cluster.dns", ""),
            Map.entry("cluster.dns-port-name", "a b"),
            Map.entry("cluster.kubernetes-selector", ""),
            Map.entry("cluster.kubernetes-lease", "sometimes"),
            Map.entry("cluster.heartbeat-pause", "4 parsecs"),
            Map.entry("cluster.stable-after", "0s"),
            Map.entry("management.address", ":7626"),
            Map.entry("management.bind", "0.0.0.0:port"),
            Map.entry("http.port", "eighty"),
            Map.entry("operator.bind", "9110"),
            Map.entry("traces.collector", "collector:4318"),
            Map.entry("log.format", "xml"),
            Map.entry("log.level", "loud"),
            Map.entry("warehouse.endpoint", "s3.example.org"),
            Map.entry("warehouse.region", "us east"),
            Map.entry("warehouse.path-style", "maybe"),
            Map.entry("warehouse.credentials-file", "/nowhere/credentials"),
            Map.entry("warehouse.upkeep-credentials-file", "/nowhere/credentials"),
            Map.entry("warehouse.authorities-file", "/nowhere/authorities.pem"),
            Map.entry("warehouse.encryption", "rot13"),
            Map.entry("pace.alert", "-25ms"),
            Map.entry("pace.checkpoint", ""),
            Map.entry("pace.profile", "soon"),
            Map.entry("pace.customers", "12"),
            Map.entry("pace.commit", "0"),
            Map.entry("upkeep.every", "often"),
            Map.entry("upkeep.target-mib", "1"));

    @TempDir
    private Path folder;

    private final Map<String, String> told = new TreeMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aConfigurationThatIsJustEnough() throws IOException {
        var key = Files.write(folder.resolve("pseudonyms.key"), new byte[32]);
        var password = Files.writeString(folder.resolve("password"), "s3cret\n");
        told.put("pseudonym-key-file", key.toString());
        told.put("kafka.bootstrap", "kafka-1:9092");
        told.put("database.url", "jdbc:postgresql://db:5432/riskcluster");
        told.put("database.password-file", password.toString());
        told.put("warehouse.uri", "file:///var/lib/riskcluster");
        told.put("cluster.seeds", "10.0.0.1:17355");
        told.put("unguarded", "cluster, doors, kafka, database");
    }

    private ConfigFile read() throws IOException {
        var text = told.entrySet().stream()
                .map(each -> each.getKey() + " = \"" + each.getValue() + "\"\n")
                .collect(Collectors.joining());
        return ConfigFile.read(Files.writeString(folder.resolve("node.conf"), text), environment);
    }

    /** Those of the ways to join and those whose file must exist are asked for, so that each is read at all. */
    private void joinBy(String way) {
        told.put("cluster.join", way);
        told.put("cluster.contacts", "10.0.0.1:7626");
        told.put("cluster.dns", "riskcluster.local");
    }

    private static String wayThatReads(String path) {
        if (path.startsWith("cluster.contacts")) {
            return "config";
        }
        if (path.startsWith("cluster.dns")) {
            return "dns";
        }
        return path.startsWith("cluster.kubernetes") ? "kubernetes" : "seeds";
    }

    static List<Key<?>> keys() {
        return Keys.ALL;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aWrongValueIsRefusedWithKeyAndValueAndWhatIsAllowed(Key<?> key) {
        joinBy(wayThatReads(key.path()));
        var wrong = WRONG.get(key.path());
        told.put(key.path(), wrong);

        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigRefused.class)
                .hasMessageStartingWith(key.path() + " is '" + wrong + "', allowed: ");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theEnvironmentWinsOverTheFile(Key<?> key) {
        joinBy(wayThatReads(key.path()));
        environment.put(key.variable(), WRONG.get(key.path()));

        assertThatThrownBy(this::read).hasMessageStartingWith(key.path() + " is '");
    }

    @Test
    void whatIsNotSaidIsAsDocumented() throws IOException {
        var config = read().node();

        assertThat(config.mode()).isEqualTo(Mode.PRODUCTION);
        assertThat(config.partitions()).isEqualTo(12);
        assertThat(config.topics().deadLetters()).isEqualTo("transactions.dlq");
        assertThat(config.databasePassword()).isEqualTo("s3cret");
        assertThat(config.membership().join())
                .isEqualTo(new Membership.Seeds(List.of(new HostPort("10.0.0.1", 17355))));
        assertThat(config.membership().bind()).isEqualTo(config.membership().address());
        assertThat(config.doors().orElseThrow().management()).isEqualTo(new HostPort("127.0.0.1", 7626));
    }

    @Test
    void productionLogsJsonAndDevelopmentTextUnlessToldOtherwise() throws IOException {
        assertThat(read().log()).isEqualTo(new LogSettings(LogFormat.JSON, Optional.empty()));

        told.put("mode", "development");
        environment.put("RISKCLUSTER_LOG_LEVEL", "info");
        assertThat(read().log()).isEqualTo(new LogSettings(LogFormat.TEXT, Optional.of(LogLevel.INFO)));

        told.put("log.format", "json");
        assertThat(read().log().format()).isEqualTo(LogFormat.JSON);
    }

    @Test
    void theDefaultsAreThoseOfTheProgram() throws IOException {
        var config = read().node();

        assertThat(config.pace()).isEqualTo(riskcluster.actors.partition.Pace.standard());
        assertThat(config.membership().heartbeatPause()).isEqualTo(Membership.HEARTBEAT_PAUSE);
        assertThat(config.membership().stableAfter()).isEqualTo(Membership.STABLE_AFTER);
        assertThat(config.database().connectionsMax()).isEqualTo(riskcluster.node.NodeConfig.Database.CONNECTIONS_MAX);
    }

    @Test
    void aListMayStandAsAList() throws IOException {
        told.remove("cluster.seeds");
        told.put("cluster.join", "dns");
        told.put("cluster.dns", "risk.local");
        told.put("cluster.dns-port-name", "management");
        assertThat(read().node().membership().join())
                .isEqualTo(new Membership.Dns("risk.local", Optional.of("management"), 2));

        var file = Files.writeString(
                folder.resolve("list.conf"),
                Files.readString(folder.resolve("node.conf"))
                        + "cluster { join = config, contacts = [\"a:1\", \"b:2\"], contacts-min = 2 }\n");
        assertThat(ConfigFile.read(file, environment).node().membership().join())
                .isEqualTo(new Membership.Contacts(List.of(new HostPort("a", 1), new HostPort("b", 2)), 2));
    }

    @Test
    void nodesInKubernetesAreFoundByLabels() throws IOException {
        told.remove("cluster.seeds");
        told.put("cluster.join", "kubernetes");
        told.put("cluster.kubernetes-lease", "true");

        assertThat(read().node().membership().join())
                .isEqualTo(new Membership.Kubernetes("app.kubernetes.io/name=riskcluster", 2, true));
    }

    @Test
    void whatKafkaIsToldBesidesComesFromItsFile() throws IOException {
        told.put(
                "kafka.client-file",
                Files.writeString(folder.resolve("client.properties"), "security.protocol=SSL\n")
                        .toString());

        assertThat(read().node().kafka().connection())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("bootstrap.servers", "kafka-1:9092");
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithItsNeighbours() {
        told.put("pace.comit", "2s");

        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("pace.comit")
                .hasMessageContaining("pace.commit");
    }

    @Test
    void aVariableOfNoKeyIsRefused() {
        environment.put("RISKCLUSTER_KAFKA_BOOTSTRP", "kafka:9092");

        assertThatThrownBy(this::read).hasMessageContaining("RISKCLUSTER_KAFKA_BOOTSTRP");
    }

    @Test
    void aKeyWithoutValueIsNamedWithItsVariable() {
        told.remove("database.url");

        assertThatThrownBy(this::read)
                .hasMessage("database.url (or RISKCLUSTER_DATABASE_URL) is not set, allowed:"
                        + " jdbc:postgresql://host:port/database");
    }

    @Test
    void oneCopyWillDoForDevelopmentOnly() throws IOException {
        told.put("topics.replication", "1");
        assertThatThrownBy(this::read).hasMessageContaining("2 or more in production");

        told.put("mode", "development");
        assertThat(read().topics().all()).allMatch(topic -> topic.replication() == 1);
    }

    @Test
    void theTopicsTakeWhatTheContractSays() throws IOException {
        told.put("topics.retention", "14d");

        var topics = read().topics().all();

        assertThat(topics)
                .extracting(topic -> topic.name())
                .containsExactly("transactions", "transactions.dlq", "alerts", "anomaly_alerts");
        assertThat(topics)
                .allSatisfy(topic -> assertThat(topic.settings())
                        .containsEntry(
                                "retention.ms",
                                Long.toString(Duration.ofDays(14).toMillis()))
                        .containsEntry("min.insync.replicas", "2"));
        long input = Long.parseLong(topics.get(0).settings().get("max.message.bytes"));
        long deadLetters = Long.parseLong(topics.get(1).settings().get("max.message.bytes"));
        assertThat(deadLetters - input).isEqualTo(64 * 1024);
        assertThat(topics.subList(2, 4))
                .allSatisfy(alerts ->
                        assertThat(alerts.settings()).containsEntry("max.message.bytes", Long.toString(8 * input)));
    }

    @Test
    void aWarehouseInAStoreIsReachedAsTold() throws IOException {
        told.put("warehouse.uri", "s3://lake/house");
        told.put("warehouse.endpoint", "https://s3.example.org:9000");
        var credentials = Files.writeString(folder.resolve("credentials"), "[default]\n");
        told.put("warehouse.credentials-file", credentials.toString());

        assertThat(read().node().access())
                .isEqualTo(WarehouseAccess.of(URI.create("https://s3.example.org:9000"), credentials));
    }

    @Test
    void noSecretIsInTheTextOfAConfiguration() throws IOException {
        assertThat(read().node().toString()).doesNotContain("s3cret");
    }
}
