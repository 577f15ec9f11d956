package riskcluster.node;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.lakehouse.catalog.WarehouseAccess;
import riskcluster.node.guard.DoorGuard;
import riskcluster.node.upkeep.UpkeepSettings;

/**
 * Everything that a node is told when it starts.
 *
 * @param mode what it may be content with
 * @param cluster name of the cluster; part of transactional ids and of {@code ce_source}
 * @param warehouse where data files go, {@code file:} or {@code s3:}
 * @param topics the input topic and those around it
 * @param partitions number of partitions of the input topic
 * @param rules rule file, or the name of a bundled one
 * @param pseudonymKey file with the HMAC key of the pseudonyms
 * @param pace how often cursors move
 * @param commit time between two batches
 * @param schemas folder of {@code <id>.avsc}, or {@code http:} URI of a schema registry; without one, Avro records do
 *     not decode
 * @param membership how it belongs to its cluster
 * @param doors where it answers; a node inside another program has none
 * @param access how a warehouse in an S3 store is reached
 * @param upkeep how the tables are kept fit
 * @param gold whether gold is made with each batch; what is ingested without is not made up for later
 * @param star whether the star schema is made where gold is
 * @param contracts folder of data contracts; without one, those that come with the program
 * @param traces collector of traces, {@code http:} or {@code https:}; without one, no record is followed
 */
public record NodeConfig(
        Mode mode,
        String cluster,
        Kafka kafka,
        Database database,
        URI warehouse,
        TopicNames topics,
        int partitions,
        String rules,
        Path pseudonymKey,
        Pace pace,
        Duration commit,
        Optional<String> schemas,
        Membership membership,
        Optional<Doors> doors,
        WarehouseAccess access,
        UpkeepSettings upkeep,
        boolean gold,
        boolean star,
        Optional<Path> contracts,
        Optional<URI> traces) {

    /** What a node may be content with. */
    public enum Mode {
        /** One copy of everything will do. */
        DEVELOPMENT(1),
        /** Every topic has two copies at least. */
        PRODUCTION(2);

        private final int replicationMin;

        Mode(int replicationMin) {
            this.replicationMin = replicationMin;
        }

        /** Copies that each topic has at least. */
        public int replicationMin() {
            return replicationMin;
        }
    }

    /**
     * How Kafka is reached.
     *
     * @param bootstrap {@code host:port}, comma separated
     * @param more security and whatever else Kafka's clients are told, by their own names
     * @param watch what they are told so that somebody sees their metrics; it wins over {@code more}
     */
    public record Kafka(String bootstrap, Map<String, String> more, Map<String, Object> watch) {
        public Kafka {
            more = Map.copyOf(more);
            watch = Map.copyOf(watch);
        }

        /** Clients whose metrics nobody sees. */
        public Kafka(String bootstrap, Map<String, String> more) {
            this(bootstrap, more, Map.of());
        }

        /** What every client is told. */
        public Map<String, Object> connection() {
            var connection = new HashMap<String, Object>(more);
            connection.put("bootstrap.servers", bootstrap);
            connection.putAll(watch);
            return Map.copyOf(connection);
        }

        /** Without the rest, which may hold secrets. */
        @Override
        public String toString() {
            return bootstrap;
        }
    }

    /**
     * Postgres with the catalog and the ledger.
     *
     * @param connectionsMax of this node, to be counted against the server's own limit
     */
    public record Database(String url, String user, String password, int connectionsMax) {
        /** Twelve partitions that seal, save and load at the same time, and the committer. */
        public static final int CONNECTIONS_MAX = 24;

        /** Without the password. */
        @Override
        public String toString() {
            return user + " at " + url;
        }
    }

    /**
     * Where a node answers.
     *
     * @param http where the HTTP interface listens
     * @param management where others reach probes and the state of the cluster, read-only
     * @param managementBind where it listens for them
     * @param operator where it listens for operators
     * @param guard of the HTTP interface and of the operators'
     * @param managementTls whether probes and the state of the cluster are reached by TLS, with the identity of the
     *     cluster's nodes
     */
    public record Doors(
            HostPort http,
            HostPort management,
            HostPort managementBind,
            HostPort operator,
            DoorGuard guard,
            boolean managementTls) {

        /** HTTP on the loopback address, and nobody is asked who he is. */
        public Doors(int http, HostPort management, HostPort managementBind, HostPort operator) {
            this(new HostPort("127.0.0.1", http), management, managementBind, operator, DoorGuard.NONE, false);
        }
    }

    public NodeConfig {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions is " + partitions + ", allowed: 1 or more");
        }
        if (commit.isNegative() || commit.isZero()) {
            throw new IllegalArgumentException("commit is " + commit + ", allowed: more than zero");
        }
    }

    /** A node without gold, with the usual upkeep and the contracts that come with the program. */
    public NodeConfig(
            Mode mode,
            String cluster,
            Kafka kafka,
            Database database,
            URI warehouse,
            TopicNames topics,
            int partitions,
            String rules,
            Path pseudonymKey,
            Pace pace,
            Duration commit,
            Optional<String> schemas,
            Membership membership,
            Optional<Doors> doors,
            WarehouseAccess access) {
        this(
                mode,
                cluster,
                kafka,
                database,
                warehouse,
                topics,
                partitions,
                rules,
                pseudonymKey,
                pace,
                commit,
                schemas,
                membership,
                doors,
                access,
                UpkeepSettings.USUAL,
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** A node that is alone. */
    public NodeConfig(
            String cluster,
            String kafkaBootstrap,
            String jdbcUrl,
            String databaseUser,
            String databasePassword,
            URI warehouse,
            TopicNames topics,
            int partitions,
            String rules,
            Path pseudonymKey,
            Pace pace,
            Duration commit,
            Optional<String> schemas) {
        this(
                Mode.DEVELOPMENT,
                cluster,
                new Kafka(kafkaBootstrap, Map.of()),
                new Database(jdbcUrl, databaseUser, databasePassword, Database.CONNECTIONS_MAX),
                warehouse,
                topics,
                partitions,
                rules,
                pseudonymKey,
                pace,
                commit,
                schemas,
                Membership.alone(),
                Optional.empty(),
                WarehouseAccess.USUAL);
    }

    /** A node that is alone and reads JSON only. */
    public NodeConfig(
            String cluster,
            String kafkaBootstrap,
            String jdbcUrl,
            String databaseUser,
            String databasePassword,
            URI warehouse,
            TopicNames topics,
            int partitions,
            String rules,
            Path pseudonymKey,
            Pace pace,
            Duration commit) {
        this(
                cluster,
                kafkaBootstrap,
                jdbcUrl,
                databaseUser,
                databasePassword,
                warehouse,
                topics,
                partitions,
                rules,
                pseudonymKey,
                pace,
                commit,
                Optional.empty());
    }

    /** The same node, which reaches its warehouse in this way. */
    public NodeConfig withAccess(WarehouseAccess reached) {
        return with(kafka, reached, gold, star, contracts, traces);
    }

    /** The same node with or without gold. */
    public NodeConfig withGold(boolean made) {
        return with(kafka, access, made, star, contracts, traces);
    }

    /** Whether the star schema is made. */
    public boolean makesStar() {
        return gold && star;
    }

    /** The same node, which makes the star schema wherever it makes gold, or does not. */
    public NodeConfig withStar(boolean made) {
        return with(kafka, access, gold, made, contracts, traces);
    }

    /** The same node with the contracts of this folder. */
    public NodeConfig withContracts(Optional<Path> folder) {
        return with(kafka, access, gold, star, folder, traces);
    }

    /** The same node, which sends traces to this collector. */
    public NodeConfig withTraces(URI collector) {
        return with(kafka, access, gold, star, contracts, Optional.of(collector));
    }

    /** The same node, whose Kafka clients are told this too. */
    public NodeConfig withKafkaWatched(Map<String, Object> watch) {
        return with(new Kafka(kafka.bootstrap(), kafka.more(), watch), access, gold, star, contracts, traces);
    }

    private NodeConfig with(
            Kafka clients,
            WarehouseAccess reached,
            boolean made,
            boolean starred,
            Optional<Path> folder,
            Optional<URI> collector) {
        return new NodeConfig(
                mode,
                cluster,
                clients,
                database,
                warehouse,
                topics,
                partitions,
                rules,
                pseudonymKey,
                pace,
                commit,
                schemas,
                membership,
                doors,
                reached,
                upkeep,
                made,
                starred,
                folder,
                collector);
    }

    public String kafkaBootstrap() {
        return kafka.bootstrap();
    }

    public String jdbcUrl() {
        return database.url();
    }

    public String databaseUser() {
        return database.user();
    }

    public String databasePassword() {
        return database.password();
    }
}
