package riskcluster.node.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.node.doctor.Diagnosis.Wrong;
import riskcluster.node.embedded.EmbeddedDatabase;
import riskcluster.node.embedded.EmbeddedKafka;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.explain.Finding;

/** Faults in what a configuration names, each seeded beside services that are well. */
class SurroundingsTest {

    @TempDir
    private static Path services;

    private static EmbeddedKafka kafka;
    private static EmbeddedDatabase database;

    @TempDir
    private Path folder;

    private String bootstrap = "";
    private String url = "";
    private String warehouse = "";
    private String rules = "default";
    private String more = "";

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(services.resolve("kafka"), 0);
        database = EmbeddedDatabase.start(services.resolve("postgres"), 0);
    }

    @AfterAll
    static void stop() throws IOException {
        kafka.close();
        database.close();
    }

    @BeforeEach
    void beWell() throws IOException {
        bootstrap = kafka.bootstrap();
        url = database.jdbcUrl().replaceAll("\\?.*", "");
        warehouse = folder.resolve("warehouse").toUri().toString();
        Files.write(secret("key"), new byte[32]);
        Files.writeString(secret("password"), "postgres\n");
    }

    /** A new file that its owner alone can read. */
    private Path secret(String name) throws IOException {
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return Files.createFile(folder.resolve(name), mine);
    }

    private List<Wrong> found() throws IOException, InterruptedException {
        return diagnoses().stream()
                .flatMap(diagnosis -> diagnosis.wrong().stream())
                .toList();
    }

    private List<Diagnosis> diagnoses() throws IOException, InterruptedException {
        var file = Files.writeString(
                folder.resolve("node.conf"),
                "mode = development\ntopics { replication = 1, partitions = 3 }\n"
                        + "kafka.bootstrap = \"" + bootstrap + "\"\n"
                        + "database { url = \"" + url + "\", user = postgres, password-file = \""
                        + folder.resolve("password") + "\" }\n"
                        + "warehouse.uri = \"" + warehouse + "\"\nrules = \"" + rules + "\"\n"
                        + "pseudonym-key-file = \"" + folder.resolve("key") + "\"\n"
                        + "cluster.join = alone\n" + more);
        return Surroundings.of(file, Map.of());
    }

    private void finds(Finding finding, String where) throws IOException, InterruptedException {
        assertThat(found())
                .filteredOn(wrong -> wrong.finding() != Finding.TOPICS_DIFFER)
                .singleElement()
                .satisfies(wrong -> {
                    assertThat(wrong.finding()).isEqualTo(finding);
                    assertThat(wrong.where()).contains(where);
                });
    }

    @Test
    void topicsThatAreMissingAreAllThatIsWrongBesideServicesThatAreWell() throws Exception {
        assertThat(found())
                .isNotEmpty()
                .allSatisfy(wrong -> assertThat(wrong.finding()).isEqualTo(Finding.TOPICS_DIFFER));
        assertThat(found().toString()).contains("make transactions: 3 partitions, 1 copies");
        assertThat(diagnoses()).extracting(Diagnosis::check).contains("Postgres", "warehouse", "rights of secrets");
        assertThat(folder.resolve("warehouse")).isEmptyDirectory();
    }

    @Test
    void aKeyThatIsNoneIsFound() throws Exception {
        more = "paces.alert = 1s\n";

        finds(Finding.CONFIG_REFUSED, "paces.alert");
    }

    @Test
    void aValueThatIsNotAllowedIsFound() throws Exception {
        bootstrap = "no address";

        finds(Finding.CONFIG_REFUSED, "kafka.bootstrap is 'no address'");
    }

    @Test
    void aFileThatIsMissingIsFound() throws InterruptedException {
        assertThat(Surroundings.of(folder.resolve("none"), Map.of()))
                .singleElement()
                .satisfies(diagnosis ->
                        assertThat(diagnosis.wrong().getFirst().finding()).isEqualTo(Finding.CONFIG_REFUSED));
    }

    @Test
    void brokersThatAreAwayAreFound() throws Exception {
        bootstrap = "127.0.0.1:" + FreePort.from(0);

        finds(Finding.KAFKA_SILENT, bootstrap);
    }

    @Test
    void aPostgresThatIsAwayIsFound() throws Exception {
        url = "jdbc:postgresql://127.0.0.1:" + FreePort.from(0) + "/postgres";

        finds(Finding.POSTGRES_SILENT, "postgres at " + url);
    }

    @Test
    void aDatabaseThatIsNoneIsFound() throws Exception {
        url = url.replaceAll("/[a-z]+$", "/none");

        finds(Finding.POSTGRES_REFUSES, "database \"none\" does not exist");
    }

    @Test
    void aWarehouseThatIsNoFolderIsFound() throws Exception {
        warehouse = Files.writeString(folder.resolve("file"), "x").toUri().toString();

        finds(Finding.WAREHOUSE_UNUSABLE, "file");
    }

    @Test
    void aStoreThatDoesNotAnswerIsFound() throws Exception {
        warehouse = "s3://bucket/lake";
        var credentials =
                Files.writeString(secret("s3"), "[default]\naws_access_key_id = a\naws_secret_access_key = b\n");
        more = "warehouse { endpoint = \"http://127.0.0.1:" + FreePort.from(0) + "\", credentials-file = \""
                + credentials + "\" }\n";

        finds(Finding.WAREHOUSE_UNUSABLE, "s3://bucket/lake");
    }

    @Test
    void whoMayDeleteFromAStoreIsFoundWhereOneIdentityIsThereForThat() throws Exception {
        try (var store = new StoreThatRefuses()) {
            warehouse = "s3://bucket/lake";
            more = "warehouse { endpoint = \"" + store.endpoint() + "\", credentials-file = \"" + credentials("writer")
                    + "\", upkeep-credentials-file = \"" + credentials("upkeep") + "\" }\n";

            store.refuses("writer");
            assertThat(found()).noneMatch(wrong -> wrong.finding() != Finding.TOPICS_DIFFER);
            store.refuses("nobody");
            finds(Finding.WRITER_DELETES, "s3://bucket/lake");
            store.refuses("upkeep");
            finds(Finding.WAREHOUSE_UNUSABLE, "warehouse.upkeep-credentials-file may not delete");
        }
    }

    private Path credentials(String identity) throws IOException {
        return Files.writeString(
                secret(identity), "[default]\naws_access_key_id = " + identity + "\naws_secret_access_key = b\n");
    }

    @Test
    void rulesThatAreNoneAreFound() throws Exception {
        rules = Files.writeString(folder.resolve("rules.json"), "{ half").toString();

        finds(Finding.RULES_REFUSED, "rules.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "password", "clients", "s3"})
    void aSecretThatOthersCanReadIsFound(String name) throws Exception {
        Files.writeString(secret("clients"), "client.id = doctor\n");
        Files.writeString(secret("s3"), "[default]\naws_access_key_id = a\naws_secret_access_key = b\n");
        more = "kafka.client-file = \"" + folder.resolve("clients") + "\"\nwarehouse.credentials-file = \""
                + folder.resolve("s3") + "\"\n";
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));

        finds(Finding.SECRET_OPEN, name);
    }

    @Test
    void aKeyThatIsTooShortIsFound() throws Exception {
        Files.write(folder.resolve("key"), new byte[3]);

        finds(Finding.KEY_UNFIT, "");
    }

    @Test
    void aContractThatIsNoneIsFound() throws Exception {
        var contracts = Files.createDirectories(folder.resolve("contracts").resolve("topics"));
        Files.writeString(contracts.resolve("transactions.odcs.yaml"), "kind: Sonnet\n");
        more = "contracts = \"" + contracts.getParent() + "\"\n";

        finds(Finding.CONTRACTS_REFUSED, "");
    }
}
