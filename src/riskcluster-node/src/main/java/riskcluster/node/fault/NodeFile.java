package riskcluster.node.fault;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.lakehouse.catalog.WarehouseAccess;
import riskcluster.node.NodeConfig;

/** What a node is told, as a file that another process reads. */
public final class NodeFile {

    private NodeFile() {}

    public static void write(NodeConfig config, Path file) throws IOException {
        var written = new Properties();
        written.setProperty("cluster", config.cluster());
        written.setProperty("kafka", config.kafkaBootstrap());
        written.setProperty("jdbc", config.jdbcUrl());
        written.setProperty("user", config.databaseUser());
        written.setProperty("password", config.databasePassword());
        written.setProperty("warehouse", config.warehouse().toString());
        written.setProperty("input", config.topics().input());
        written.setProperty("dead-letters", config.topics().deadLetters());
        written.setProperty("alerts", config.topics().alerts());
        written.setProperty("anomaly-alerts", config.topics().anomalyAlerts());
        written.setProperty("partitions", Integer.toString(config.partitions()));
        written.setProperty("rules", config.rules());
        written.setProperty("key", config.pseudonymKey().toString());
        written.setProperty("pace.alert", config.pace().alert().toString());
        written.setProperty("pace.checkpoint", config.pace().checkpoint().toString());
        written.setProperty("pace.profile", config.pace().profile().toString());
        written.setProperty("pace.customers", Integer.toString(config.pace().customersMax()));
        written.setProperty("commit", config.commit().toString());
        written.setProperty("gold", Boolean.toString(config.gold()));
        written.setProperty("s3.region", config.access().region());
        written.setProperty("s3.path-style", Boolean.toString(config.access().pathStyle()));
        config.access().endpoint().ifPresent(where -> written.setProperty("s3.endpoint", where.toString()));
        config.access().credentials().ifPresent(from -> written.setProperty("s3.credentials", from.toString()));
        config.access().authorities().ifPresent(from -> written.setProperty("s3.authorities", from.toString()));
        config.contracts().ifPresent(folder -> written.setProperty("contracts", folder.toString()));
        try (var out = Files.newBufferedWriter(file)) {
            written.store(out, null);
        }
    }

    public static NodeConfig read(Path file) throws IOException {
        var told = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            told.load(in);
        }
        return new NodeConfig(
                        text(told, "cluster"),
                        text(told, "kafka"),
                        text(told, "jdbc"),
                        text(told, "user"),
                        text(told, "password"),
                        URI.create(text(told, "warehouse")),
                        new TopicNames(
                                text(told, "input"),
                                text(told, "dead-letters"),
                                text(told, "alerts"),
                                text(told, "anomaly-alerts")),
                        Integer.parseInt(text(told, "partitions")),
                        text(told, "rules"),
                        Path.of(text(told, "key")),
                        new Pace(
                                Duration.parse(text(told, "pace.alert")),
                                Duration.parse(text(told, "pace.checkpoint")),
                                Duration.parse(text(told, "pace.profile")),
                                Integer.parseInt(text(told, "pace.customers"))),
                        Duration.parse(text(told, "commit")))
                .withAccess(new WarehouseAccess(
                        maybe(told, "s3.endpoint").map(URI::create),
                        text(told, "s3.region"),
                        Boolean.parseBoolean(text(told, "s3.path-style")),
                        maybe(told, "s3.credentials").map(Path::of),
                        maybe(told, "s3.authorities").map(Path::of)))
                .withGold(Boolean.parseBoolean(text(told, "gold")))
                .withContracts(maybe(told, "contracts").map(Path::of));
    }

    private static Optional<String> maybe(Properties told, String name) {
        return Optional.ofNullable(told.getProperty(name));
    }

    private static String text(Properties told, String name) {
        var value = told.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("the node's file does not say " + name);
        }
        return value;
    }
}
