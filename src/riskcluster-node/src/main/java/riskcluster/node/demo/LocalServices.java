package riskcluster.node.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.node.PseudonymKey;
import riskcluster.node.embedded.EmbeddedDatabase;
import riskcluster.node.embedded.EmbeddedKafka;
import riskcluster.node.embedded.FolderLock;
import riskcluster.node.topic.KafkaTopics;

/** Kafka, Postgres and a warehouse in one folder, with the topics and the key that a node needs. */
final class LocalServices implements AutoCloseable {

    static final TopicNames TOPICS = TopicNames.of("transactions");
    /** The embedded server asks for no password; the driver wants one all the same. */
    static final String USER = "postgres";

    private final FolderLock lock;
    private final EmbeddedKafka kafka;
    private final EmbeddedDatabase database;
    private final Path folder;

    private LocalServices(FolderLock lock, EmbeddedKafka kafka, EmbeddedDatabase database, Path folder) {
        this.lock = lock;
        this.kafka = kafka;
        this.database = database;
        this.folder = folder;
    }

    /**
     * Starts the services; what the folder holds is gone on with.
     *
     * @param lock of the folder; let go when the services are closed
     */
    static LocalServices start(Path folder, FolderLock lock, Ports ports, int partitions)
            throws IOException, InterruptedException {
        var kafka = EmbeddedKafka.start(folder.resolve("kafka"), ports.kafka());
        EmbeddedDatabase database = null;
        try {
            database = EmbeddedDatabase.start(folder.resolve("postgres"), ports.postgres());
            try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
                new KafkaTopics(admin).createMissing(TOPICS, partitions);
            }
            PseudonymKey.createMissing(folder.resolve("pseudonyms.key"));
            Files.createDirectories(folder.resolve("warehouse"));
            return new LocalServices(lock, kafka, database, folder);
        } catch (IOException | RuntimeException | InterruptedException e) {
            if (database != null) {
                database.close();
            }
            kafka.close();
            throw e;
        }
    }

    String bootstrap() {
        return kafka.bootstrap();
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    EmbeddedDatabase database() {
        return database;
    }

    Path folder() {
        return folder;
    }

    Path warehouse() {
        return folder.resolve("warehouse");
    }

    /** The folder with the Avro schemas of the input by id, where somebody has made one. */
    Optional<Path> schemas() {
        return Optional.of(folder.resolve("schemas")).filter(Files::isDirectory);
    }

    Path pseudonymKey() {
        return folder.resolve("pseudonyms.key");
    }

    @Override
    public void close() throws IOException {
        try (lock;
                kafka;
                database) {
            // Closed in the opposite order: the database, then Kafka, then the folder is free.
        }
    }
}
