package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.contracts.alert.Alert;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.node.embedded.EmbeddedKafka;
import riskcluster.node.topic.KafkaTopics;
import riskcluster.programs.Program;
import riskcluster.programs.PythonEnvironment;

/**
 * The consumers of {@code examples/alerts} on a topic as a crash leaves it: an alert that was sent, whose transaction was
 * aborted, and that came again with the same id.
 */
@Timeout(120)
class AlertConsumersTest {

    private static final Path EXAMPLES = PythonEnvironment.project(Path.of("examples/alerts"));
    private static final List<String> IDS = List.of("transactions/0/1", "transactions/0/2", "transactions/0/3");

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void alertsAsACrashLeavesThem() throws Exception {
        kafka = EmbeddedKafka.start(folder, 0);
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrap()))) {
            new KafkaTopics(admin).createMissing(TopicNames.of("transactions"), 1);
        }
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.bootstrap(),
                "transactional.id",
                "test",
                "key.serializer",
                ByteArraySerializer.class,
                "value.serializer",
                ByteArraySerializer.class);
        try (var producer = new KafkaProducer<byte[], byte[]>(settings)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(alert(IDS.get(0)));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(alert(IDS.get(1))).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(alert(IDS.get(1)));
            producer.send(alert(IDS.get(2)));
            producer.commitTransaction();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        kafka.close();
    }

    private static ProducerRecord<byte[], byte[]> alert(String id) throws IOException {
        var body = PythonEnvironment.project(Path.of("src/riskcluster-contracts/src/test/resources/alert/body.json"));
        var record = new ProducerRecord<>("alerts", bytes("u1"), Files.readAllBytes(body));
        record.headers()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_type", bytes(Alert.TYPE))
                .add("ce_source", bytes("/riskcluster/test"))
                .add("ce_id", bytes(id))
                .add("ce_time", bytes("2026-01-06T10:00:00.000001Z"))
                .add("content-type", bytes("application/json"));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The first word of each line. */
    private static List<String> ids(String said) {
        return said.lines()
                .filter(line -> line.startsWith("transactions/"))
                .map(line -> line.split(" ")[0])
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "fast"})
    void pythonHearsEachAlertOnce(String reading) throws IOException {
        var answer = PythonEnvironment.ready()
                .run(EXAMPLES.resolve("python/consume.py").toString(), kafka.bootstrap(), reading, "3");

        assertThat(answer.status()).as(answer.text()).isZero();
        assertThat(ids(answer.text())).isEqualTo(IDS);
        assertThat(answer.text()).contains("MEDIUM đạt 40");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "fast"})
    void javaHearsEachAlertOnce(String reading) throws Exception {
        var said = run(
                EXAMPLES,
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EXAMPLES.resolve("java/Consume.java").toString(),
                        kafka.bootstrap(),
                        reading,
                        "3"));

        assertThat(ids(said)).as(said).isEqualTo(IDS);
    }

    /** Where kcat is installed. */
    @ParameterizedTest
    @ValueSource(strings = {"exact", "fast"})
    @Tag("full")
    void kcatHearsEachAlertOnce(String reading) throws Exception {
        assumeInstalled("kcat");
        assertThat(ids(run(
                        EXAMPLES,
                        List.of(EXAMPLES.resolve("kcat/consume.sh").toString(), kafka.bootstrap(), reading, "3"))))
                .isEqualTo(IDS);
    }

    /** Builds the client from the Go module proxy. */
    @ParameterizedTest
    @ValueSource(strings = {"exact", "fast"})
    @Tag("full")
    void goHearsEachAlertOnce(String reading) throws Exception {
        assumeInstalled("go");
        assertThat(ids(run(
                        EXAMPLES.resolve("go"),
                        List.of("go", "run", "-buildvcs=false", ".", kafka.bootstrap(), reading, "3"))))
                .isEqualTo(IDS);
    }

    /** Fetches the client from the npm registry. */
    @ParameterizedTest
    @ValueSource(strings = {"exact", "fast"})
    @Tag("full")
    void nodeHearsEachAlertOnce(String reading) throws Exception {
        assumeInstalled("npm");
        var example = folder.resolve("node-" + reading);
        Files.createDirectories(example);
        for (var file : List.of("package.json", "consume.js")) {
            Files.copy(EXAMPLES.resolve("node").resolve(file), example.resolve(file));
        }
        run(example, List.of("npm", "install", "--silent"));
        assertThat(ids(run(example, List.of("node", "consume.js", kafka.bootstrap(), reading, "3"))))
                .isEqualTo(IDS);
    }

    private static void assumeInstalled(String program) {
        var installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, program)));
        assumeTrue(installed, "not run: " + program + " is not installed");
    }

    @Test
    void everyExampleTellsItsTwoReadings() throws IOException {
        var examples = new ArrayList<Path>();
        try (var files = Files.walk(EXAMPLES)) {
            files.filter(file -> file.toString().matches(".*\\.(py|java|sh|go|js|cs)"))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .forEach(examples::add);
        }
        assertThat(examples)
                .hasSize(6)
                .allSatisfy(example -> assertThat(Files.readString(example))
                        .contains("fast")
                        .contains("alerts")
                        .containsIgnoringCase("committed"));
    }

    private static String run(Path folder, List<String> command) throws IOException {
        return Program.run(folder, command).text();
    }
}
