package riskcluster.node.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import riskcluster.node.HostPort;
import riskcluster.node.NodeConfig.Mode;
import riskcluster.node.log.LogFormat;
import riskcluster.node.log.LogLevel;
import riskcluster.node.upkeep.UpkeepSettings;

/** Every key there is. What stands here is what is read, refused and documented. */
public final class Keys {

    /** How a node finds the others. */
    enum Joining {
        ALONE,
        SEEDS,
        CONFIG,
        DNS,
        KUBERNETES
    }

    private static final String HOST_PORT = "host:port";
    private static final String HOST_PORTS = "host:port, several with commas or as a list; no port 0";
    private static final String TIME = "a time above zero, such as 500ms, 2s or 1m";
    private static final int PORT_MAX = 65_535;

    static final Key<Mode> MODE = new Key<>(
            "mode",
            "production",
            "production or development",
            "A production node refuses topics with fewer than two copies.",
            Kinds.choice(Mode.class));

    static final Key<String> CLUSTER_NAME = new Key<>(
            "cluster.name",
            "riskcluster",
            "letters, digits, '_', '.', '-'",
            "Name of the cluster; part of transactional ids and of the alerts' source. Never change it.",
            Kinds::name);
    static final Key<HostPort> CLUSTER_ADDRESS = new Key<>(
            "cluster.address",
            "127.0.0.1:17355",
            HOST_PORT,
            "Where the other nodes reach this one; also its name among them.",
            Kinds::address);
    static final Key<HostPort> CLUSTER_BIND = new Key<>(
            "cluster.bind",
            Key.ABSENT,
            HOST_PORT,
            "Where this node listens for the others, if not at cluster.address, such as 0.0.0.0:17355 in a container.",
            Kinds::address);
    static final Key<Joining> CLUSTER_JOIN = new Key<>(
            "cluster.join",
            "seeds",
            "seeds, config, dns, kubernetes or alone",
            "How this node finds the others: by cluster.seeds, by the list cluster.contacts, by the name cluster.dns,"
                    + " by the API of Kubernetes, or there are none.",
            Kinds.choice(Joining.class));
    static final Key<List<HostPort>> CLUSTER_SEEDS = new Key<>(
            "cluster.seeds",
            Key.ABSENT,
            HOST_PORTS,
            "With join = seeds: cluster.address of the nodes to join through, the same list in the same order on every"
                    + " node. Only the first founds a new cluster.",
            Kinds::addresses);
    static final Key<List<HostPort>> CLUSTER_CONTACTS = new Key<>(
            "cluster.contacts",
            Key.ABSENT,
            HOST_PORTS,
            "With join = config: management.address of the nodes.",
            Kinds::addresses);
    static final Key<Integer> CLUSTER_CONTACTS_MIN = new Key<>(
            "cluster.contacts-min",
            "2",
            "1 to 100",
            "With join = config, dns or kubernetes: so many nodes must see each other before they found a cluster."
                    + " More than half of the nodes, so that no second cluster is founded.",
            Kinds.number(1, 100));
    static final Key<String> CLUSTER_DNS = new Key<>(
            "cluster.dns",
            Key.ABSENT,
            "a DNS name",
            "With join = dns: a name whose records are the nodes.",
            Kinds::text);
    static final Key<String> CLUSTER_DNS_PORT_NAME = new Key<>(
            "cluster.dns-port-name",
            Key.ABSENT,
            "the name of a port",
            "With join = dns: look up SRV records of this port name. Without it: A records, and every node has the same"
                    + " management port.",
            Kinds::name);
    static final Key<String> CLUSTER_KUBERNETES_SELECTOR = new Key<>(
            "cluster.kubernetes-selector",
            "app.kubernetes.io/name=riskcluster",
            "a label selector",
            "With join = kubernetes: the labels of the nodes' pods, whose container port is named management.",
            Kinds::text);
    static final Key<Boolean> CLUSTER_KUBERNETES_LEASE = new Key<>(
            "cluster.kubernetes-lease",
            "false",
            "true or false",
            "With join = kubernetes: of the sides of a cut the one that gets a lease of Kubernetes stays, not the"
                    + " larger one.",
            Kinds::bool);
    static final Key<Duration> CLUSTER_HEARTBEAT_PAUSE = new Key<>(
            "cluster.heartbeat-pause",
            "4s",
            TIME,
            "A node that is silent for longer than this counts as unreachable.",
            Kinds::time);
    static final Key<Duration> CLUSTER_STABLE_AFTER = new Key<>(
            "cluster.stable-after",
            "5s",
            TIME,
            "An unreachable node is given up when nothing has changed for this long; the side without the majority ends"
                    + " itself.",
            Kinds::time);

    static final Key<HostPort> MANAGEMENT_ADDRESS = new Key<>(
            "management.address",
            "127.0.0.1:7626",
            HOST_PORT,
            "Where probes (/ready, /alive), /metrics and the cluster's state are, read-only.",
            Kinds::address);
    static final Key<HostPort> MANAGEMENT_BIND = new Key<>(
            "management.bind",
            Key.ABSENT,
            HOST_PORT,
            "Where this node listens for them, if not at management.address.",
            Kinds::address);
    static final Key<Integer> HTTP_PORT = new Key<>(
            "http.port",
            "8080",
            "0 to 65535; 0 is any free one",
            "Port of the HTTP interface.",
            Kinds.number(0, PORT_MAX));

    static final Key<HostPort> OPERATOR_BIND = new Key<>(
            "operator.bind",
            "127.0.0.1:9110",
            HOST_PORT + "; port 0 is any free one",
            "Where this node listens for operators. Others than this machine need TLS and tokens.",
            Kinds::address);

    static final Key<String> KAFKA_BOOTSTRAP =
            new Key<>("kafka.bootstrap", Key.REQUIRED, HOST_PORTS, "Where Kafka's clients begin.", Kinds::bootstrap);
    static final Key<Map<String, String>> KAFKA_CLIENT_FILE = new Key<>(
            "kafka.client-file",
            Key.ABSENT,
            "a properties file that can be read",
            "What else Kafka's clients are told, by their own names: security.protocol, sasl.jaas.config, ...",
            Kinds::properties);

    static final Key<String> TOPICS_INPUT = new Key<>(
            "topics.input", "transactions", "the name of a topic", "Where transactions come from.", Kinds::name);
    static final Key<String> TOPICS_DLQ = new Key<>(
            "topics.dlq",
            Key.ABSENT,
            "the name of a topic",
            "Where rejected records go; without it, the input's name and .dlq.",
            Kinds::name);
    static final Key<String> TOPICS_ALERTS =
            new Key<>("topics.alerts", "alerts", "the name of a topic", "Where alerts go.", Kinds::name);
    static final Key<String> TOPICS_ANOMALY_ALERTS = new Key<>(
            "topics.anomaly-alerts",
            "anomaly_alerts",
            "the name of a topic",
            "Where alerts about anomalies go.",
            Kinds::name);
    static final Key<Integer> TOPICS_PARTITIONS = new Key<>(
            "topics.partitions",
            "12",
            "1 to 10000",
            "Partitions of each of the four topics; fixed for the cluster's life.",
            Kinds.number(1, 10_000));
    static final Key<Integer> TOPICS_REPLICATION = new Key<>(
            "topics.replication",
            "3",
            "1 to 9, in production 2 or more",
            "Copies of a topic that `topics apply` makes.",
            Kinds.number(1, 9));
    static final Key<Optional<Duration>> TOPICS_RETENTION = new Key<>(
            "topics.retention",
            "7d",
            "a time above zero, such as 7d, or forever",
            "How long `topics apply` lets Kafka keep records: longer than a cluster may ever be away.",
            text -> text.equals("forever") ? Optional.empty() : Optional.of(Kinds.time(text)));

    static final Key<String> DATABASE_URL = new Key<>(
            "database.url",
            Key.REQUIRED,
            "jdbc:postgresql://host:port/database",
            "Postgres with the catalog and the ledger.",
            Kinds::jdbc);
    static final Key<String> DATABASE_USER =
            new Key<>("database.user", "riskcluster", "a name", "Who the node is in Postgres.", Kinds::text);
    static final Key<String> DATABASE_PASSWORD_FILE = new Key<>(
            "database.password-file",
            Key.REQUIRED,
            "a file of one line that can be read",
            "File with the password.",
            Kinds::secret);
    static final Key<Integer> DATABASE_CONNECTIONS = new Key<>(
            "database.connections",
            "24",
            "4 to 1000",
            "Connections of this node at most; all nodes together must stay below Postgres' max_connections.",
            Kinds.number(4, 1_000));

    static final Key<URI> WAREHOUSE_URI = new Key<>(
            "warehouse.uri",
            Key.REQUIRED,
            "a file: or s3: URI, such as file:///var/lib/riskcluster/warehouse or s3://bucket/prefix",
            "Where the tables' files go; every node reaches the same.",
            Kinds::warehouse);
    static final Key<URI> WAREHOUSE_ENDPOINT = new Key<>(
            "warehouse.endpoint",
            Key.ABSENT,
            "http://host:port or https://host:port",
            "The address of the S3 store; without it, Amazon's own for the region.",
            Kinds::endpoint);
    static final Key<String> WAREHOUSE_REGION = new Key<>(
            "warehouse.region",
            "us-east-1",
            "the name of a region",
            "The region of the bucket; stores outside Amazon mostly take any.",
            Kinds::name);
    static final Key<Boolean> WAREHOUSE_PATH_STYLE = new Key<>(
            "warehouse.path-style",
            "true",
            "true or false",
            "Whether the bucket's name stands in the path of a request, not in its host.",
            Kinds::bool);
    static final Key<Path> WAREHOUSE_CREDENTIALS_FILE = new Key<>(
            "warehouse.credentials-file",
            Key.ABSENT,
            "a file that can be read",
            "File in the form of Amazon's shared credentials file, of which the profile default is taken, and read"
                    + " again when it changes; without it, what the environment of the process offers.",
            Kinds::file);
    static final Key<Path> WAREHOUSE_AUTHORITIES_FILE = new Key<>(
            "warehouse.authorities-file",
            Key.ABSENT,
            "a file that can be read",
            "Certificates (PEM) to trust besides those of the Java machine.",
            Kinds::file);

    static final Key<String> RULES = new Key<>(
            "rules",
            "default",
            "a rule file, or default or card-terminals",
            "The rules that decide, the same on every node.",
            Kinds::text);
    static final Key<Path> PSEUDONYM_KEY_FILE = new Key<>(
            "pseudonym-key-file",
            Key.REQUIRED,
            "a file of at least 32 random bytes, or of several keys (docs/privacy.md), that can be read",
            "File with the key of the pseudonyms, the same on every node.",
            Kinds::file);
    static final Key<String> SCHEMAS = new Key<>(
            "schemas",
            Key.ABSENT,
            "a folder, or http://host:port or https://host:port with the path of a schema registry",
            "Avro schemas of the input: a folder with <id>.avsc, or a registry; without it, Avro records are rejected.",
            Kinds::schemas);

    static final Key<Path> CONTRACTS = new Key<>(
            "contracts",
            Key.ABSENT,
            "a folder",
            "Data contracts in the layout of the program's own, which stand for those that are missing there: extra"
                    + " fields of the input, and rules of quality. The same on every node.",
            Kinds::folder);

    static final Key<Boolean> GOLD_ENABLED = new Key<>(
            "gold.enabled",
            "false",
            "true or false",
            "Whether the tables of gold are made with each batch, which costs three times the CPU a record;"
                    + " what is ingested without is not made up for later.",
            Kinds::bool);

    static final Key<Boolean> GOLD_STAR = new Key<>(
            "gold.star",
            "false",
            "true or false",
            "Whether gold has the star schema too, from a lake's first record on (docs/gold.md).",
            Kinds::bool);

    static final Key<Duration> PACE_ALERT = new Key<>(
            "pace.alert", "25ms", TIME, "Shortest time between two alert transactions of a partition.", Kinds::time);
    static final Key<Duration> PACE_CHECKPOINT =
            new Key<>("pace.checkpoint", "2s", TIME, "Time between two checkpoints of a partition.", Kinds::time);
    static final Key<Duration> PACE_PROFILE = new Key<>(
            "pace.profile",
            "20s",
            TIME,
            "Time between two saves of a partition's profiles: so much is scored again after a crash.",
            Kinds::time);
    static final Key<Integer> PACE_CUSTOMERS = new Key<>(
            "pace.customers",
            "1000000",
            "1000 to 100000000",
            "Customers of a partition in memory before idle ones leave.",
            Kinds.number(1_000, 100_000_000));
    static final Key<Duration> PACE_COMMIT =
            new Key<>("pace.commit", "2s", TIME, "Time between two batches.", Kinds::time);

    static final Key<Duration> UPKEEP_EVERY = new Key<>(
            "upkeep.every",
            "30s",
            TIME,
            "Pause of the tables' maintenance after a look in which nothing was due.",
            Kinds::time);
    static final Key<Integer> UPKEEP_TARGET = new Key<>(
            "upkeep.target-mib",
            "128",
            "2 to 512",
            "Size of a compacted file in MiB; below half of it a file is small.",
            Kinds.number(2, UpkeepSettings.TARGET_MIB_MAX));

    static final Key<URI> TRACES_COLLECTOR = new Key<>(
            "traces.collector",
            Key.ABSENT,
            "http://host:port or https://host:port",
            "Where traces of records with a sampled traceparent header go, by OTLP over HTTP; without it, nowhere.",
            Kinds::endpoint);

    static final Key<LogFormat> LOG_FORMAT = new Key<>(
            "log.format",
            Key.ABSENT,
            "json or text",
            "How lines of the log are written (docs/telemetry.md); without it, json in production and text in"
                    + " development.",
            Kinds.choice(LogFormat.class));
    static final Key<LogLevel> LOG_LEVEL = new Key<>(
            "log.level",
            Key.ABSENT,
            "error, warn, info or debug",
            "The least that is logged; without it, warn.",
            Kinds.choice(LogLevel.class));

    /** All of them, in the order of the documentation. */
    public static final List<Key<?>> ALL = Stream.of(
                    List.of(MODE, GuardKeys.UNGUARDED, RULES, PSEUDONYM_KEY_FILE, SCHEMAS, CONTRACTS),
                    List.of(KAFKA_BOOTSTRAP, KAFKA_CLIENT_FILE),
                    List.of(TOPICS_INPUT, TOPICS_DLQ, TOPICS_ALERTS, TOPICS_ANOMALY_ALERTS, TOPICS_PARTITIONS),
                    List.of(TOPICS_REPLICATION, TOPICS_RETENTION),
                    List.of(DATABASE_URL, DATABASE_USER, DATABASE_PASSWORD_FILE, DATABASE_CONNECTIONS),
                    List.of(WAREHOUSE_URI, WAREHOUSE_ENDPOINT, WAREHOUSE_REGION, WAREHOUSE_PATH_STYLE),
                    List.of(WAREHOUSE_CREDENTIALS_FILE, GuardKeys.WAREHOUSE_UPKEEP_CREDENTIALS_FILE),
                    List.of(WAREHOUSE_AUTHORITIES_FILE, GuardKeys.WAREHOUSE_ENCRYPTION),
                    List.of(CLUSTER_NAME, CLUSTER_ADDRESS, CLUSTER_BIND, CLUSTER_JOIN, CLUSTER_SEEDS),
                    List.of(CLUSTER_CONTACTS, CLUSTER_CONTACTS_MIN, CLUSTER_DNS, CLUSTER_DNS_PORT_NAME),
                    List.of(CLUSTER_KUBERNETES_SELECTOR, CLUSTER_KUBERNETES_LEASE),
                    List.of(CLUSTER_HEARTBEAT_PAUSE, CLUSTER_STABLE_AFTER),
                    List.of(GuardKeys.CLUSTER_KEY_FILE, GuardKeys.CLUSTER_CERTIFICATE_FILE),
                    List.of(GuardKeys.CLUSTER_AUTHORITIES_FILE, GuardKeys.CLUSTER_REVOKED_FILE),
                    List.of(MANAGEMENT_ADDRESS, MANAGEMENT_BIND, GuardKeys.MANAGEMENT_TLS),
                    List.of(GuardKeys.HTTP_HOST, HTTP_PORT, OPERATOR_BIND),
                    List.of(GuardKeys.DOORS_KEY_FILE, GuardKeys.DOORS_CERTIFICATE_FILE, GuardKeys.DOORS_TOKENS_FILE),
                    List.of(LOG_FORMAT, LOG_LEVEL, TRACES_COLLECTOR),
                    List.of(GOLD_ENABLED, GOLD_STAR),
                    List.of(PACE_ALERT, PACE_CHECKPOINT, PACE_PROFILE, PACE_CUSTOMERS, PACE_COMMIT),
                    List.of(UPKEEP_EVERY, UPKEEP_TARGET))
            .<Key<?>>flatMap(List::stream)
            .toList();

    private Keys() {}
}
