package riskcluster.e2e;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import riskcluster.node.embedded.EmbeddedDatabase;

/** Kafka, Postgres, the S3 store and the registry of {@code docker-compose.yml}, as processes with the same settings. */
final class ComposedServers implements AutoCloseable {

    private static final List<String> BROKERS = List.of("kafka-1", "kafka-2", "kafka-3");
    private static final String BROKER_HEAP = "-Xmx512m";
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final Path folder;
    private final ComposeFile compose;
    private final Map<String, OutsideServer> brokers = new LinkedHashMap<>();
    private final List<Closeable> others = new ArrayList<>();

    private ComposedServers(Path folder, ComposeFile compose) {
        this.folder = folder;
        this.compose = compose;
    }

    static ComposedServers start(Path folder, ComposeFile compose) throws IOException, SQLException {
        var servers = new ComposedServers(folder, compose);
        boolean up = false;
        try {
            servers.startDatabase();
            servers.startBrokers();
            servers.startStore();
            servers.startRegistry();
            up = true;
            return servers;
        } finally {
            if (!up) {
                servers.close();
            }
        }
    }

    /** Postgres asks for the password of its secret, as its image has it. */
    private void startDatabase() throws IOException, SQLException {
        var server = EmbeddedDatabase.start(folder.resolve("postgres"), 0);
        others.add(server::close);
        compose.move("postgres:5432", "127.0.0.1:" + server.port());
        var user = compose.environment("postgres").get("POSTGRES_USER");
        var password = Files.readString(folder.resolve("secrets/database-password"));
        try (var connection = DriverManager.getConnection(server.jdbcUrl());
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + user + " LOGIN PASSWORD '" + password + "'");
            statement.execute("ALTER DATABASE riskcluster OWNER TO " + user);
            statement.execute("GRANT ALL ON SCHEMA public TO " + user);
            var doors = folder.resolve("postgres/data/pg_hba.conf");
            Files.writeString(doors, "host all " + user + " all scram-sha-256\n" + Files.readString(doors));
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** They wait for each other: a majority elects the controller. */
    private void startBrokers() throws IOException {
        for (var broker : BROKERS) {
            var identity = compose.environment(broker).getOrDefault("CLUSTER_ID", "");
            var settings = writeSettings(broker).toString();
            ComposedCluster.must(ComposedCluster.java(
                    BROKER_HEAP, "kafka.tools.StorageTool", "format", "--cluster-id", identity, "--config", settings));
            launch(broker);
        }
        BROKERS.forEach(this::await);
    }

    /** As the image of Kafka makes a file of its environment. */
    private Path writeSettings(String broker) throws IOException {
        var settings = new Properties();
        compose.environment(broker).forEach((name, value) -> {
            if (name.startsWith("KAFKA_") && !name.equals("KAFKA_HEAP_OPTS")) {
                var key = name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT);
                settings.put(key.replace('_', '.'), value.replace("://:", "://" + compose.host(broker) + ":"));
            }
        });
        settings.put("log.dirs", folder.resolve(broker).toString());
        var file = folder.resolve(broker + ".properties");
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        return file;
    }

    private void launch(String broker) throws IOException {
        var settings = folder.resolve(broker + ".properties").toString();
        var program = new ProcessBuilder(ComposedCluster.java(BROKER_HEAP, "kafka.Kafka", settings));
        brokers.put(broker, OutsideServer.launch(program, folder.resolve(broker + ".log")));
    }

    private void await(String broker) {
        broker(broker).await(START_MAX, () -> {
            new Socket(compose.host(broker), 9092).close();
            return true;
        });
    }

    private OutsideServer broker(String broker) {
        var server = brokers.get(broker);
        if (server == null) {
            throw new IllegalArgumentException(broker + " was never started");
        }
        return server;
    }

    /** By the script of the service. */
    private void startStore() throws IOException {
        var words = new ArrayList<>(compose.words("store", "entrypoint"));
        words.add(words.removeLast()
                .replace("/app/versitygw", VersityServer.PROGRAM.built().toString())
                .replace(" :7070", " " + compose.host("store") + ":7070")
                .replace("/data", folder.resolve("lake").toString()));
        var address = URI.create("http://" + compose.host("store") + ":7070");
        var server = OutsideServer.start(
                new ProcessBuilder(words),
                folder.resolve("store.log"),
                START_MAX,
                () -> OutsideServer.status(address) > 0);
        others.add(server::close);
    }

    private void startRegistry() throws IOException {
        var server = ApicurioServer.start(folder, compose.host("registry"), 8080);
        others.add(server::close);
    }

    /** SIGKILL. */
    void kill(String broker) {
        broker(broker).close();
    }

    /** What the container engine does with one that has ended. */
    void startAgain(String broker) throws IOException {
        launch(broker);
        await(broker);
    }

    @Override
    public void close() throws IOException {
        brokers.values().forEach(OutsideServer::close);
        for (var other : others.reversed()) {
            other.close();
        }
    }
}
