package riskcluster.node.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker with its own controller inside this process, its log in one folder.
 *
 * <p>A new start on the same folder finds topics, records, transactions and offsets again, also after a kill. It speaks
 * transactions v2, like any broker of this version.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private final KafkaRaftServer server;
    private final FolderLock lock;
    private final String host;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, FolderLock lock, String host, int port) {
        this.server = server;
        this.lock = lock;
        this.host = host;
        this.port = port;
    }

    /**
     * Starts the broker on {@code folder}, made where it does not exist, at {@code port} or the next free one (0: any).
     *
     * @throws IllegalStateException if another process uses the folder
     */
    public static EmbeddedKafka start(Path folder, int port) throws IOException {
        return start(folder, BrokerSettings.HOST, port);
    }

    /** The same at an address of this machine that other networks reach. */
    public static EmbeddedKafka start(Path folder, String host, int port) throws IOException {
        var home = folder.toAbsolutePath().normalize();
        var lock = FolderLock.of(home);
        try {
            int brokerPort = FreePort.from(port);
            return new EmbeddedKafka(started(home.resolve("log"), host, brokerPort), lock, host, brokerPort);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static KafkaRaftServer started(Path log, String host, int port) throws IOException {
        if (!Files.exists(log.resolve("meta.properties"))) {
            format(log);
        }
        var settings = BrokerSettings.of(log, host, port, FreePort.from(0));
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            server.shutdown();
            throw new IOException("Kafka does not start on " + log + ": " + e.getMessage(), e);
        }
    }

    private static void format(Path log) throws IOException {
        Files.createDirectories(log);
        try (var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(log.toString())
                    .setMetadataLogDirectory(log.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new IOException("cannot prepare " + log + " for Kafka", e);
        }
    }

    /** Where clients begin, as {@code host:port}. */
    public String bootstrap() {
        return host + ":" + port;
    }

    /** The port at which the broker really listens. */
    public int port() {
        return port;
    }

    /** Stops the broker cleanly; its log stays. */
    @Override
    public void close() throws IOException {
        server.shutdown();
        server.awaitShutdown();
        lock.close();
    }
}
