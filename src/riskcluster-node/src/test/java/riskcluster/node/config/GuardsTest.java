package riskcluster.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.tls.TestAuthority;

/** What a production node must be guarded by, key by key. */
class GuardsTest {

    private static final String CANARY = "canary-4929";

    @TempDir
    private Path folder;

    private final TestAuthority ours = new TestAuthority("ours");
    private final Map<String, String> told = new TreeMap<>();

    @BeforeEach
    void aNodeThatIsGuarded() throws IOException {
        told.put(
                "pseudonym-key-file",
                Files.write(folder.resolve("key"), new byte[32]).toString());
        told.put("kafka.bootstrap", "kafka-1:9092");
        told.put("kafka.client-file", client("security.protocol=SASL_SSL\nsasl.jaas.config=x password=" + CANARY));
        told.put("database.password-file", file("password", CANARY));
        told.put("warehouse.uri", "s3://lake/house");
        told.put("cluster.seeds", "10.0.0.1:17355");
        var identity = ours.identity(folder.resolve("tls"), "riskcluster", ours);
        told.put(
                "database.url",
                "jdbc:postgresql://db:5432/risk?sslmode=verify-full&sslrootcert="
                        + identity.authorities().orElseThrow());
        told.put("cluster.key-file", identity.key().toString());
        told.put("cluster.certificate-file", identity.certificate().toString());
        told.put(
                "cluster.authorities-file", identity.authorities().orElseThrow().toString());
        told.put("doors.tokens-file", file("tokens", "ann admin " + "0a".repeat(32)));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text + "\n").toString();
    }

    private String client(String text) throws IOException {
        return file("client.properties", text);
    }

    private ConfigFile read() throws IOException {
        var text = told.entrySet().stream()
                .map(each -> each.getKey() + " = \"" + each.getValue() + "\"\n")
                .collect(Collectors.joining());
        return ConfigFile.read(Files.writeString(folder.resolve("node.conf"), text), new HashMap<>());
    }

    /** Refused as it stands, let be where somebody says so, and no matter in development. */
    private void isMissed(Unguarded what, String... why) throws IOException {
        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContainingAll(why)
                .hasMessageContaining("in unguarded")
                .hasMessageNotContaining(CANARY);
        told.put("unguarded", what.name().toLowerCase(java.util.Locale.ROOT));
        assertThat(read().unguarded()).containsExactly(what);
        told.remove("unguarded");
        told.put("mode", "development");
        assertThat(read().unguarded()).isEmpty();
        told.remove("mode");
    }

    @Test
    void aProductionNodeIsGuardedEverywhere() throws IOException {
        var config = read();

        assertThat(config.unguarded()).isEmpty();
        assertThat(config.node().membership().tls()).isPresent();
        assertThat(config.node().doors().orElseThrow().guard().tokens()).isPresent();
        assertThat(config.toString()).doesNotContain(CANARY);
    }

    @Test
    void nodesTalkByTls() throws IOException {
        told.keySet().removeIf(key -> key.startsWith("cluster.") && key.endsWith("-file"));

        isMissed(Unguarded.CLUSTER, "cluster.key-file (or RISKCLUSTER_CLUSTER_KEY_FILE) is not set");
    }

    @Test
    void halfAnIdentityIsNoneAndAWrongOneIsRefused() throws IOException {
        var authorities = told.getOrDefault("cluster.authorities-file", "");
        told.remove("cluster.authorities-file");
        assertThatThrownBy(this::read)
                .hasMessageContaining("cluster.authorities-file")
                .hasMessageContaining("beside");
        told.put("cluster.authorities-file", authorities);
        told.put("cluster.key-file", authorities);
        assertThatThrownBy(this::read).isInstanceOf(ConfigRefused.class).hasMessageContaining("holds no key");
    }

    @Test
    void doorsAskForTokens() throws IOException {
        told.remove("doors.tokens-file");

        isMissed(Unguarded.DOORS, "doors.tokens-file", "in production");
    }

    @Test
    void doorsThatOthersReachSpeakTlsInDevelopmentToo() throws IOException {
        told.put("operator.bind", "0.0.0.0:9110");
        assertThatThrownBy(this::read).hasMessageContaining("doors.key-file");
        told.put("mode", "development");
        assertThatThrownBy(this::read).hasMessageContaining("doors.key-file");

        told.put("doors.key-file", told.get("cluster.key-file"));
        told.put("doors.certificate-file", told.get("cluster.certificate-file"));
        assertThat(read().node().doors().orElseThrow().guard().tls()).isPresent();
        told.remove("doors.tokens-file");
        assertThatThrownBy(this::read).hasMessageContaining("doors.tokens-file");
    }

    @Test
    void kafkaIsReachedByTlsAndItsFilesAreThere() throws IOException {
        told.put("kafka.client-file", client("ssl.truststore.location=/nowhere/trust.pem"));
        assertThatThrownBy(this::read)
                .hasMessage("kafka.client-file with ssl.truststore.location is '/nowhere/trust.pem', allowed: a file"
                        + " that can be read");
        told.put("kafka.client-file", client("security.protocol=SASL_PLAINTEXT\nsasl.jaas.config=" + CANARY));

        isMissed(Unguarded.KAFKA, "kafka.client-file", "SASL_SSL");
    }

    @Test
    void postgresShowsACertificateThatIsChecked() throws IOException {
        var right = told.getOrDefault("database.url", "");
        told.put("database.url", right.replaceFirst("sslrootcert=.*", "sslrootcert=/nowhere/ca.crt"));
        assertThatThrownBy(this::read).hasMessageContaining("sslrootcert is '/nowhere/ca.crt'");
        told.put("database.url", right.replace("verify-full", "require"));

        isMissed(Unguarded.DATABASE, "database.url", "sslmode=verify-full");
    }

    @Test
    void theStoreAndTheRegistryAreReachedByTls() throws IOException {
        told.put("warehouse.endpoint", "http://store:7070");
        isMissed(Unguarded.WAREHOUSE, "warehouse.endpoint is 'http://store:7070'");
        told.put("warehouse.endpoint", "https://store:7070");
        told.put("schemas", "http://registry:8080");
        isMissed(Unguarded.SCHEMAS, "schemas is 'http://registry:8080'");
    }

    @Test
    void aListOfWhoIsCalledBackMustBeOfAnAuthorityThatIsKnown() throws IOException {
        told.put("cluster.revoked-file", file("revoked", ours.revoking()));
        assertThat(read().node().membership().tls().orElseThrow().revoked()).isPresent();

        told.put("cluster.revoked-file", file("foreign", new TestAuthority("ours").revoking()));
        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigRefused.class)
                .hasMessageStartingWith("cluster.revoked-file is '")
                .hasMessageContaining("that no known authority has signed");

        told.put("cluster.revoked-file", file("none", ""));
        assertThatThrownBy(this::read).isInstanceOf(ConfigRefused.class).hasMessageContaining("No CRL data found");
    }

    @Test
    void theManagementDoorSpeaksTlsByTheIdentityAmongNodes() throws IOException {
        assertThat(read().node().doors().orElseThrow().managementTls()).isFalse();
        told.put("management.tls", "true");
        assertThat(read().node().doors().orElseThrow().managementTls()).isTrue();

        told.put("mode", "development");
        told.keySet().removeIf(key -> key.startsWith("cluster.") && key.endsWith("-file"));
        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContainingAll("cluster.key-file", "beside management.tls = true");
    }
}
