package riskcluster.node.fault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.node.NodeConfig;
import riskcluster.node.PseudonymKey;
import riskcluster.node.embedded.EmbeddedDatabase;
import riskcluster.node.embedded.EmbeddedKafka;
import riskcluster.node.topic.KafkaTopics;

/** Kafka and Postgres on one folder, with an input topic that any number of clusters may read side by side. */
public final class Ground implements AutoCloseable {

    /** The one input of all clusters on this ground. */
    public static final String INPUT = "transactions";

    private static final String USER = "postgres";

    private final Path folder;
    private final int partitions;
    private final String bootstrap;
    private final Closeable kafka;
    private final EmbeddedDatabase database;

    private Ground(Path folder, int partitions, String bootstrap, Closeable kafka, EmbeddedDatabase database) {
        this.folder = folder;
        this.partitions = partitions;
        this.bootstrap = bootstrap;
        this.kafka = kafka;
        this.database = database;
    }

    /** Starts both servers and makes the input topic. */
    public static Ground start(Path folder, int partitions) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        return beside(folder, partitions, kafka.bootstrap(), kafka::close);
    }

    /** The same beside a broker that listens already, which is closed with the ground. */
    public static Ground beside(Path folder, int partitions, String bootstrap, Closeable kafka) throws IOException {
        try {
            var database = EmbeddedDatabase.start(folder.resolve("postgres"), 0);
            PseudonymKey.createMissing(folder.resolve("pseudonyms.key"));
            return new Ground(folder, partitions, bootstrap, kafka, database);
        } catch (IOException | RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    /** Makes the topics, the database and the warehouse of a cluster, which shares only the input with others. */
    public NodeConfig cluster(String name, String rules, Pace pace, Duration commit)
            throws IOException, InterruptedException {
        var topics = new TopicNames(INPUT, name + ".dlq", name + ".alerts", name + ".anomaly_alerts");
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            new KafkaTopics(admin).createMissing(topics, partitions);
        }
        createDatabase(name);
        var warehouse = folder.resolve("warehouse-" + name);
        Files.createDirectories(warehouse);
        return new NodeConfig(
                name,
                bootstrap,
                jdbcUrl(name),
                USER,
                USER,
                warehouse.toUri(),
                topics,
                partitions,
                rules,
                folder.resolve("pseudonyms.key"),
                pace,
                commit);
    }

    private void createDatabase(String name) throws IOException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var asked = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                var statement = connection.createStatement()) {
            asked.setString(1, name);
            try (var found = asked.executeQuery()) {
                if (!found.next()) {
                    statement.execute("CREATE DATABASE \"" + name + "\"");
                }
            }
        } catch (SQLException e) {
            throw new IOException("cannot make the database " + name, e);
        }
    }

    private String jdbcUrl(String name) {
        return "jdbc:postgresql://localhost:" + database.port() + "/" + name + "?user=" + USER;
    }

    /** Where Kafka's clients begin, as {@code host:port}. */
    public String bootstrap() {
        return bootstrap;
    }

    public Path folder() {
        return folder;
    }

    public int partitions() {
        return partitions;
    }

    @Override
    public void close() throws IOException {
        try {
            database.close();
        } finally {
            kafka.close();
        }
    }
}
