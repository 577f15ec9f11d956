package riskcluster.node.config;

import static riskcluster.node.config.Keys.*;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.lakehouse.catalog.WarehouseAccess;
import riskcluster.node.HostPort;
import riskcluster.node.Membership;
import riskcluster.node.NodeConfig;
import riskcluster.node.NodeConfig.Mode;
import riskcluster.node.log.LogFormat;
import riskcluster.node.log.LogSettings;
import riskcluster.node.topic.WantedTopics;
import riskcluster.node.upkeep.UpkeepSettings;

/**
 * What one file and the environment say, every key of it checked.
 *
 * @param node what a node is told
 * @param topics what the topics should be like
 * @param unguarded what a production node goes without protection for
 * @param secrets files that are told and that nobody else should read
 * @param log how a node logs
 */
public record ConfigFile(
        NodeConfig node, WantedTopics topics, Set<Unguarded> unguarded, List<Path> secrets, LogSettings log) {

    private static final List<Key<?>> SECRETS = List.of(
            PSEUDONYM_KEY_FILE,
            DATABASE_PASSWORD_FILE,
            KAFKA_CLIENT_FILE,
            WAREHOUSE_CREDENTIALS_FILE,
            GuardKeys.WAREHOUSE_UPKEEP_CREDENTIALS_FILE,
            GuardKeys.CLUSTER_KEY_FILE,
            GuardKeys.DOORS_KEY_FILE,
            GuardKeys.DOORS_TOKENS_FILE);

    public ConfigFile {
        unguarded = Set.copyOf(unguarded);
        secrets = List.copyOf(secrets);
    }

    /**
     * Reads it.
     *
     * @param environment wins over the file
     * @throws ConfigRefused with the key, its value and what is allowed
     */
    public static ConfigFile read(Path file, Map<String, String> environment) {
        var settings = Settings.read(file, environment, ALL);
        var node = node(settings);
        var secrets =
                SECRETS.stream().map(settings::file).flatMap(Optional::stream).toList();
        return new ConfigFile(
                node, topics(settings, node), Guards.check(settings, node), secrets, log(settings, node.mode()));
    }

    private static LogSettings log(Settings settings, Mode mode) {
        var usual = mode == Mode.PRODUCTION ? LogFormat.JSON : LogFormat.TEXT;
        return new LogSettings(settings.maybe(LOG_FORMAT).orElse(usual), settings.maybe(LOG_LEVEL));
    }

    private static NodeConfig node(Settings settings) {
        return new NodeConfig(
                settings.of(MODE),
                settings.of(CLUSTER_NAME),
                new NodeConfig.Kafka(
                        settings.of(KAFKA_BOOTSTRAP),
                        settings.maybe(KAFKA_CLIENT_FILE).orElse(Map.of())),
                new NodeConfig.Database(
                        settings.of(DATABASE_URL),
                        settings.of(DATABASE_USER),
                        settings.of(DATABASE_PASSWORD_FILE),
                        settings.of(DATABASE_CONNECTIONS)),
                settings.of(WAREHOUSE_URI),
                new TopicNames(
                        settings.of(TOPICS_INPUT),
                        settings.maybe(TOPICS_DLQ).orElse(settings.of(TOPICS_INPUT) + ".dlq"),
                        settings.of(TOPICS_ALERTS),
                        settings.of(TOPICS_ANOMALY_ALERTS)),
                settings.of(TOPICS_PARTITIONS),
                settings.of(RULES),
                settings.of(PSEUDONYM_KEY_FILE),
                new Pace(
                        settings.of(PACE_ALERT),
                        settings.of(PACE_CHECKPOINT),
                        settings.of(PACE_PROFILE),
                        settings.of(PACE_CUSTOMERS)),
                settings.of(PACE_COMMIT),
                settings.maybe(SCHEMAS),
                membership(settings),
                Optional.of(doors(settings)),
                access(settings),
                new UpkeepSettings(settings.of(UPKEEP_EVERY), settings.of(UPKEEP_TARGET)),
                settings.of(GOLD_ENABLED),
                settings.of(GOLD_STAR),
                settings.maybe(CONTRACTS),
                settings.maybe(TRACES_COLLECTOR));
    }

    private static WarehouseAccess access(Settings settings) {
        return new WarehouseAccess(
                settings.maybe(WAREHOUSE_ENDPOINT),
                settings.of(WAREHOUSE_REGION),
                settings.of(WAREHOUSE_PATH_STYLE),
                settings.maybe(WAREHOUSE_CREDENTIALS_FILE),
                settings.maybe(WAREHOUSE_AUTHORITIES_FILE),
                settings.maybe(GuardKeys.WAREHOUSE_ENCRYPTION),
                settings.maybe(GuardKeys.WAREHOUSE_UPKEEP_CREDENTIALS_FILE));
    }

    private static NodeConfig.Doors doors(Settings settings) {
        var management = settings.of(MANAGEMENT_ADDRESS);
        return new NodeConfig.Doors(
                new HostPort(settings.of(GuardKeys.HTTP_HOST), settings.of(HTTP_PORT)),
                management,
                settings.maybe(MANAGEMENT_BIND).orElse(management),
                settings.of(OPERATOR_BIND),
                Guards.ofDoors(settings),
                Guards.ofManagement(settings));
    }

    private static Membership membership(Settings settings) {
        var address = settings.of(CLUSTER_ADDRESS);
        return new Membership(
                address,
                settings.maybe(CLUSTER_BIND).orElse(address),
                join(settings),
                settings.of(CLUSTER_HEARTBEAT_PAUSE),
                settings.of(CLUSTER_STABLE_AFTER),
                Guards.ofCluster(settings));
    }

    private static Membership.Join join(Settings settings) {
        return switch (settings.of(CLUSTER_JOIN)) {
            case ALONE -> new Membership.Alone();
            case SEEDS -> new Membership.Seeds(settings.of(CLUSTER_SEEDS));
            case CONFIG -> new Membership.Contacts(settings.of(CLUSTER_CONTACTS), settings.of(CLUSTER_CONTACTS_MIN));
            case DNS ->
                new Membership.Dns(
                        settings.of(CLUSTER_DNS),
                        settings.maybe(CLUSTER_DNS_PORT_NAME),
                        settings.of(CLUSTER_CONTACTS_MIN));
            case KUBERNETES ->
                new Membership.Kubernetes(
                        settings.of(CLUSTER_KUBERNETES_SELECTOR),
                        settings.of(CLUSTER_CONTACTS_MIN),
                        settings.of(CLUSTER_KUBERNETES_LEASE));
        };
    }

    private static WantedTopics topics(Settings settings, NodeConfig node) {
        int replication = settings.of(TOPICS_REPLICATION);
        if (replication < node.mode().replicationMin()) {
            throw ConfigRefused.value(
                    TOPICS_REPLICATION.path(),
                    Integer.toString(replication),
                    node.mode() == Mode.PRODUCTION ? "2 or more in production" : TOPICS_REPLICATION.allowed());
        }
        return WantedTopics.of(node.topics(), node.partitions(), (short) replication, settings.of(TOPICS_RETENTION));
    }
}
