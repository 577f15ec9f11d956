package riskcluster.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.faults.proxy.PostgresProxy;
import riskcluster.faults.proxy.StoreProxy;
import riskcluster.faults.server.S3Server;
import riskcluster.faults.server.ServerProcess;
import riskcluster.lakehouse.catalog.WarehouseAccess;
import riskcluster.node.NodeConfig;
import riskcluster.node.PseudonymKey;
import riskcluster.node.embedded.EmbeddedDatabase;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.topic.KafkaTopics;
import riskcluster.programs.PythonEnvironment;

/** Kafka, Postgres and an S3 store, each a process of its own, and proxies before the last two. */
final class World implements AutoCloseable {

    private static final String CLUSTER = "faults";
    private static final String USER = "postgres";
    private static final Path RULES = Path.of("src/riskcluster-actors/src/main/resources/rules/default.json");

    /** Cursors move faster than in production, so that faults meet more of their steps. */
    private static final Pace PACE =
            new Pace(Duration.ofMillis(25), Duration.ofSeconds(1), Duration.ofSeconds(3), 100_000);

    private static final Duration COMMIT = Duration.ofSeconds(1);

    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final String host;
    private final int partitions;
    private final ServerProcess kafka;
    private final ServerProcess store;
    private final EmbeddedDatabase database;
    private final PostgresProxy databaseProxy;
    private final StoreProxy storeProxy;

    private World(
            Path folder,
            String host,
            int partitions,
            ServerProcess kafka,
            ServerProcess store,
            EmbeddedDatabase database,
            PostgresProxy databaseProxy,
            StoreProxy storeProxy) {
        this.folder = folder;
        this.host = host;
        this.partitions = partitions;
        this.kafka = kafka;
        this.store = store;
        this.database = database;
        this.databaseProxy = databaseProxy;
        this.storeProxy = storeProxy;
    }

    /**
     * Starts everything and makes the topics.
     *
     * @param host the address of this machine at which nodes reach it
     */
    static World start(Path folder, String host, int partitions) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var kafka = ServerProcess.start("kafka", folder.resolve("kafka"), host, FreePort.from(0));
        var store = ServerProcess.start("s3", folder.resolve("s3"), LOOPBACK, FreePort.from(0));
        try {
            var database = EmbeddedDatabase.start(folder.resolve("postgres"), 0);
            PseudonymKey.createMissing(folder.resolve("pseudonyms.key"));
            S3Server.credentialsFile(folder.resolve("s3"));
            var world = new World(
                    folder,
                    host,
                    partitions,
                    kafka,
                    store,
                    database,
                    PostgresProxy.before(host, database.port()),
                    StoreProxy.before(host, store.port()));
            try (var admin = Admin.create(Map.of("bootstrap.servers", world.bootstrap()))) {
                new KafkaTopics(admin).createMissing(TopicNames.of("transactions"), partitions);
            }
            return world;
        } catch (IOException | RuntimeException e) {
            kafka.close();
            store.close();
            throw e;
        }
    }

    String bootstrap() {
        return host + ":" + kafka.port();
    }

    ServerProcess kafka() {
        return kafka;
    }

    PostgresProxy databaseProxy() {
        return databaseProxy;
    }

    StoreProxy storeProxy() {
        return storeProxy;
    }

    /** What nodes are told: they reach Postgres and the store through the proxies. */
    NodeConfig nodes() {
        return config(
                database.jdbcUrl().replaceFirst("//[^/]*/", "//" + host + ":" + databaseProxy.port() + "/"),
                host + ":" + storeProxy.port());
    }

    /** The same for those who look from outside, past the proxies. */
    NodeConfig outside() {
        return config(database.jdbcUrl(), LOOPBACK + ":" + store.port());
    }

    private NodeConfig config(String jdbcUrl, String store) {
        return new NodeConfig(
                        CLUSTER,
                        bootstrap(),
                        jdbcUrl,
                        USER,
                        USER,
                        URI.create("s3://" + S3Server.BUCKET + "/house"),
                        TopicNames.of("transactions"),
                        partitions,
                        "default",
                        folder.resolve("pseudonyms.key"),
                        PACE,
                        COMMIT,
                        Optional.empty())
                .withAccess(WarehouseAccess.of(
                        URI.create("http://" + store), folder.resolve("s3").resolve("credentials")));
    }

    /** Kills one of Postgres' processes: the server ends all sessions at once and recovers from its log. */
    void crashPostgres() throws IOException, InterruptedException {
        try {
            var connection = DriverManager.getConnection(database.jdbcUrl());
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT pg_backend_pid()")) {
                row.next();
                kill(row.getString(1));
            } finally {
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            throw new IOException("Postgres does not say which process it is", e);
        }
    }

    private static void kill(String pid) throws IOException, InterruptedException {
        int status =
                new ProcessBuilder("kill", "-KILL", pid).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("SIGKILL does not reach process " + pid);
        }
    }

    /** What the judge says about everything that is here, when no node runs any more. */
    Verdict judge(Path produced) throws IOException {
        return judge(produced, "--expect-drained", "--duckdb");
    }

    /** What the judge says about the newest batch and the topics while nodes run. */
    Verdict judgeRunning(Path produced) throws IOException {
        return judge(produced, "--running");
    }

    private Verdict judge(Path produced, String... how) throws IOException {
        var credentials = folder.resolve("s3").resolve("credentials").toString();
        var arguments = new ArrayList<>(List.of(
                "-m",
                "judge",
                "--json",
                "--bootstrap",
                bootstrap(),
                "--postgres",
                database.jdbcUrl().replace("jdbc:", "").replace("//", "//postgres:postgres@"),
                "--hmac-key-file",
                folder.resolve("pseudonyms.key").toString(),
                "--rules",
                PythonEnvironment.project(RULES).toString(),
                "--cluster",
                CLUSTER,
                "--s3-endpoint",
                "http://127.0.0.1:" + store.port(),
                "--s3-credentials",
                credentials,
                "--produced",
                produced.toString()));
        arguments.addAll(List.of(how));
        long began = System.nanoTime();
        var answer = PythonEnvironment.ready().run(arguments.toArray(String[]::new));
        return Verdict.of(answer, Duration.ofNanos(System.nanoTime() - began));
    }

    @Override
    public void close() throws IOException {
        databaseProxy.close();
        storeProxy.close();
        database.close();
        store.close();
        kafka.close();
    }
}
