package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.faults.server.S3Server;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.catalog.WarehouseAccess;
import riskcluster.node.RiskNode;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/** A warehouse in an S3 store: written by a node, read by PyIceberg and DuckDB, refused with words where it cannot be. */
class S3WarehouseTest {

    private static final int RECORDS = 5_000;
    private static final int CUSTOMERS = 500;
    private static final URI ROOT = URI.create("s3://" + S3Server.BUCKET + "/house");

    @Test
    void theJudgeFindsNothingWrongInAnS3Store(@TempDir Path folder) throws Exception {
        try (var store = S3Server.start(Files.createDirectories(folder.resolve("s3")), 0)) {
            judged(folder, store.endpoint(), store.credentials());
        }
        assertThat(loaded("org.apache.iceberg.aws.s3.S3FileIO")).isTrue();
        assertThat(loaded("org.apache.hadoop.security.UserGroupInformation"))
                .as("it throws on this Java")
                .isFalse();
    }

    @Test
    @Tag("full")
    void theJudgeFindsNothingWrongInAServerOfAnotherMake(@TempDir Path folder) throws Exception {
        var home = Files.createDirectories(folder.resolve("s3"));
        try (var store = VersityServer.start(home)) {
            judged(folder, store.endpoint(), S3Server.credentialsFile(home));
        }
    }

    private static void judged(Path folder, URI endpoint, Path credentials) throws Exception {
        try (var machine = OneMachine.start(folder, 2).withWarehouse(ROOT, WarehouseAccess.of(endpoint, credentials))) {
            var generator = new Generator(
                    GeneratorSettings.usual(11)
                            .withCustomers(CUSTOMERS)
                            .withBadShare(0.02)
                            .withLateShare(0.05)
                            .withDuplicateShare(0.05),
                    EventClock.endingAt(Instant.now(), CUSTOMERS, RECORDS));
            for (int run = 0; run < 2; run++) {
                try (var node = machine.node()) {
                    machine.send(generator, RECORDS / 2);
                    machine.awaitDrained(node);
                    assertThat(rows(node)).isEqualTo((run + 1) * RECORDS / 2);
                }
            }
            var answer = machine.judged();
            assertThat(answer.status()).as(answer.text()).isZero();
            assertThat(answer.text()).contains("duckdb.iceberg_scan");
        }
    }

    /** Its SQL reads copies of the store's files. */
    private static long rows(RiskNode node) {
        return Long.parseLong(Asked.of(
                        node,
                        "SELECT (SELECT count(*) FROM bronze.transactions) + (SELECT count(*) FROM bronze.rejected)")
                .getFirst());
    }

    @Test
    void aStoreWithACertificateOfItsOwnIsTrustedOnlyWhereItIsNamed(@TempDir Path folder) throws Exception {
        var keys = folder.resolve("keys.p12");
        var certificate = folder.resolve("certificate.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "s3",
                "-keyalg",
                "EC",
                "-dname",
                "CN=s3",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                S3Server.SECRET);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "s3",
                "-file",
                certificate.toString(),
                "-keystore",
                keys.toString(),
                "-storepass",
                S3Server.SECRET);
        try (var store = S3Server.startSecure(folder, keys)) {
            var stranger = WarehouseAccess.of(store.endpoint(), store.credentials());
            assertThatThrownBy(() -> Warehouse.at(ROOT, stranger))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("PKIX path building failed");

            var told = new WarehouseAccess(
                    stranger.endpoint(),
                    stranger.region(),
                    stranger.pathStyle(),
                    stranger.credentials(),
                    Optional.of(certificate));
            try (var files = Warehouse.at(ROOT, told).io()) {
                assertThat(files.newInputFile(ROOT + "/nothing").exists()).isFalse();
            }
        }
    }

    private static void keytool(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void aBucketThatIsMissingAndAStoreThatIsAwayAreToldApart(@TempDir Path folder) throws IOException {
        try (var store = S3Server.start(folder, 0)) {
            var access = WarehouseAccess.of(store.endpoint(), store.credentials());
            assertThatThrownBy(() -> Warehouse.at(URI.create("s3://nowhere/house"), access))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no bucket nowhere");

            var stranger = Files.writeString(
                    folder.resolve("stranger"), "[default]\naws_access_key_id = a\naws_secret_access_key = b\n");
            assertThatThrownBy(() -> Warehouse.at(ROOT, WarehouseAccess.of(store.endpoint(), stranger)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("refuses bucket lake with status 403");
        }
        var nobody = URI.create("http://127.0.0.1:" + FreePort.from(0));
        assertThatThrownBy(() -> Warehouse.at(ROOT, WarehouseAccess.of(nobody, folder.resolve("credentials"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("warehouse s3://lake/house at " + nobody + ": the store does not answer");
    }

    /** Asks the JVM for its loaded classes, since asking a class loader would load it. */
    private static boolean loaded(String name) throws JMException {
        String hierarchy = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmClassHierarchy",
                        new Object[] {new String[] {name}},
                        new String[] {String[].class.getName()});
        return hierarchy.contains(name);
    }
}
