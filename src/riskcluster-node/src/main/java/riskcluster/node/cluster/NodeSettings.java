package riskcluster.node.cluster;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import riskcluster.node.NodeConfig;

/** What a node is told, as the configuration file that a production node reads. */
final class NodeSettings {

    private NodeSettings() {}

    /**
     * What all nodes of a cluster are told alike.
     *
     * @param folder takes the file with the password
     */
    static Map<String, Object> of(NodeConfig config, Path folder) throws IOException {
        var password = folder.resolve("database.password");
        Files.writeString(password, config.databasePassword() + "\n");
        var told = new LinkedHashMap<String, Object>();
        told.put("mode", config.mode().name());
        told.put("rules", config.rules());
        told.put("pseudonym-key-file", config.pseudonymKey().toString());
        config.schemas().ifPresent(schemas -> told.put("schemas", schemas));
        told.put("kafka.bootstrap", config.kafkaBootstrap());
        told.put("topics.input", config.topics().input());
        told.put("topics.dlq", config.topics().deadLetters());
        told.put("topics.alerts", config.topics().alerts());
        told.put("topics.anomaly-alerts", config.topics().anomalyAlerts());
        told.put("topics.partitions", config.partitions());
        told.put("topics.replication", config.mode().replicationMin());
        told.put("database.url", config.jdbcUrl());
        told.put("database.user", config.databaseUser());
        told.put("database.password-file", password.toString());
        told.put("database.connections", config.database().connectionsMax());
        told.put("warehouse.uri", config.warehouse().toString());
        told.put("warehouse.region", config.access().region());
        told.put("warehouse.path-style", config.access().pathStyle());
        config.access().endpoint().ifPresent(where -> told.put("warehouse.endpoint", where.toString()));
        config.access().credentials().ifPresent(from -> told.put("warehouse.credentials-file", from.toString()));
        config.access().authorities().ifPresent(from -> told.put("warehouse.authorities-file", from.toString()));
        config.access().encryption().ifPresent(how -> told.put("warehouse.encryption", how));
        told.put("cluster.name", config.cluster());
        told.put("cluster.heartbeat-pause", config.membership().heartbeatPause());
        told.put("cluster.stable-after", config.membership().stableAfter());
        told.put("gold.enabled", config.gold());
        told.put("gold.star", config.star());
        config.contracts().ifPresent(from -> told.put("contracts", from.toString()));
        told.put("pace.alert", config.pace().alert());
        told.put("pace.checkpoint", config.pace().checkpoint());
        told.put("pace.profile", config.pace().profile());
        told.put("pace.customers", config.pace().customersMax());
        told.put("pace.commit", config.commit());
        return told;
    }

    static void write(Map<String, Object> told, Path file) throws IOException {
        var rendered = ConfigFactory.parseMap(told)
                .root()
                .render(ConfigRenderOptions.defaults().setOriginComments(false));
        Files.writeString(file, rendered);
    }
}
