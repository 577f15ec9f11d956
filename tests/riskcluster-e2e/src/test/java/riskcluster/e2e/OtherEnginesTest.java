package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.node.RiskNode;
import riskcluster.node.answers.LiveNode;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;
import riskcluster.node.http.NodeHttp;
import riskcluster.node.metrics.Metrics;
import riskcluster.programs.PythonEnvironment;

/** Spark and Trino see of every table what PyIceberg and DuckDB see of it, by both catalogs, at the same batch. */
@Tag("full")
class OtherEnginesTest {

    private static final int RECORDS = 5_000;
    private static final int CUSTOMERS = 500;
    private static final Path SPARK_RUNTIME =
            PythonEnvironment.project(Path.of("tests/riskcluster-e2e/target/outsiders/iceberg-spark-runtime.jar"));

    private static final Path JVMS = Path.of("/usr/lib/jvm");

    @Test
    void sparkAndTrinoSeeWhatPyIcebergAndDuckDbSee(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        var java17 = java17();
        assumeTrue(java17.isPresent(), "not run: Spark wants a Java 17, and none is in " + JVMS);
        try (var machine = OneMachine.start(folder, 2);
                var node = machine.node()) {
            machine.send(generator(), RECORDS);
            machine.awaitDrained(node);
            mayOnlyRead(machine);
            try (var metrics = Metrics.start(Clock.systemUTC());
                    var live = new LiveNode(node, metrics);
                    var http = NodeHttp.start(node.system(), live, 0)) {
                agree(machine, node, http.address() + "/iceberg", folder, java17.get());
            }
        }
    }

    private static Generator generator() {
        return new Generator(
                GeneratorSettings.usual(13)
                        .withCustomers(CUSTOMERS)
                        .withBadShare(0.02)
                        .withLateShare(0.05)
                        .withDuplicateShare(0.05),
                EventClock.endingAt(Instant.now(), CUSTOMERS, RECORDS));
    }

    /** What {@code docs/reading.md} tells to give readers: with it, their own catalog code can change nothing. */
    private static void mayOnlyRead(OneMachine machine) throws SQLException {
        try (var connection = machine.connection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE reader LOGIN PASSWORD 'reader'");
            statement.execute("GRANT SELECT ON iceberg_tables, iceberg_namespace_properties TO reader");
        }
    }

    private static void agree(OneMachine machine, RiskNode node, String rest, Path folder, Path java17)
            throws Exception {
        long batch = PinnedBatch.newest(
                        node.pipeline().database(), node.pipeline().catalog())
                .id();
        var plan = folder.resolve("plan.json");
        Files.writeString(plan, seen(folder, java17, "plan", machine.sqlAlchemyUrl(), Long.toString(batch)));
        var tables = new ObjectMapper().readTree(plan.toFile());
        assertThat(tables.size()).isGreaterThan(10);

        var jdbc = machine.jdbcUrl();
        var spark = seen(
                folder,
                java17,
                "spark",
                plan.toString(),
                SPARK_RUNTIME + "," + TrinoServer.postgresDriver(),
                "REST=" + rest + "," + batch,
                "JDBC=" + jdbc + ",reader,reader");
        compare(spark, tables, 2);

        var catalogs = Map.of(
                "rest", trinoRest(rest, batch),
                "jdbc", trinoJdbc(jdbc));
        try (var server = TrinoServer.start(Files.createDirectories(folder.resolve("trino")), catalogs)) {
            compare(seen(folder, java17, "trino", plan.toString(), server.address(), "rest", "jdbc"), tables, 2);
        }
    }

    private static void compare(String text, JsonNode tables, int ways) throws IOException {
        var engine = new ObjectMapper().readTree(text);
        assertThat(engine.size()).isEqualTo(ways);
        engine.properties()
                .forEach(way -> tables.properties()
                        .forEach(table -> assertThat(way.getValue().path(table.getKey()))
                                .as("%s by %s", table.getKey(), way.getKey())
                                .isEqualTo(table.getValue().path("seen"))));
    }

    private static String trinoRest(String rest, long batch) {
        return """
            connector.name=iceberg
            iceberg.catalog.type=rest
            iceberg.rest-catalog.uri=%s
            iceberg.rest-catalog.warehouse=%d
            fs.hadoop.enabled=true
            """.formatted(rest, batch);
    }

    private static String trinoJdbc(String url) {
        return """
            connector.name=iceberg
            iceberg.catalog.type=jdbc
            iceberg.jdbc-catalog.catalog-name=riskcluster
            iceberg.jdbc-catalog.driver-class=org.postgresql.Driver
            iceberg.jdbc-catalog.connection-url=%s
            iceberg.jdbc-catalog.connection-user=reader
            iceberg.jdbc-catalog.connection-password=reader
            iceberg.jdbc-catalog.default-warehouse-dir=file:///not-written
            iceberg.jdbc-catalog.schema-version=V1
            fs.hadoop.enabled=true
            """.formatted(url);
    }

    /** What the script prints; what Spark says beside it goes into a file of the folder. */
    private static String seen(Path folder, Path java17, String... arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("-m", "engines"));
        words.addAll(List.of(arguments));
        var log = folder.resolve(arguments[0] + ".log");
        var builder = new ProcessBuilder(PythonEnvironment.withOutsiders().command(words.toArray(String[]::new)))
                .directory(PythonEnvironment.project(Path.of("tests/riskcluster-e2e/src/test/python"))
                        .toFile())
                .redirectError(log.toFile());
        builder.environment().put("JAVA_HOME", java17.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(() -> read(log)).isZero();
        return said;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The home of a Java 17, by the file that every JDK has. */
    private static Optional<Path> java17() throws IOException {
        if (!Files.isDirectory(JVMS)) {
            return Optional.empty();
        }
        try (var homes = Files.list(JVMS)) {
            return homes.filter(home -> Files.exists(home.resolve("bin/java")))
                    .filter(home -> Files.exists(home.resolve("release"))
                            && read(home.resolve("release")).contains("JAVA_VERSION=\"17"))
                    .findFirst();
        }
    }
}
