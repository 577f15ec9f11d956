package riskcluster.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;
import riskcluster.lakehouse.catalog.WarehouseAccess;
import riskcluster.node.NodeConfig;
import riskcluster.node.PseudonymKey;
import riskcluster.node.RiskNode;
import riskcluster.node.embedded.EmbeddedDatabase;
import riskcluster.node.embedded.EmbeddedKafka;
import riskcluster.node.generate.Generator;
import riskcluster.node.topic.KafkaTopics;
import riskcluster.programs.Program;
import riskcluster.programs.PythonEnvironment;

/** Kafka, Postgres and a warehouse folder on this machine, and nodes that work on them. */
public final class OneMachine implements AutoCloseable {

    private static final Path RULES = Path.of("src/riskcluster-actors/src/main/resources/rules/default.json");
    private static final Duration DRAIN_MAX = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Path folder;
    private final EmbeddedKafka kafka;
    private final EmbeddedDatabase database;
    private final int partitions;
    private final Place place;

    /** Where a cluster of this machine puts what it makes. */
    private record Place(
            String cluster,
            String jdbcUrl,
            TopicNames topics,
            URI warehouse,
            WarehouseAccess access,
            Optional<Path> rules,
            Optional<String> schemas) {

        Place withWarehouse(URI root, WarehouseAccess reached) {
            return new Place(cluster, jdbcUrl, topics, root, reached, rules, schemas);
        }

        Place withRules(Path file) {
            return new Place(cluster, jdbcUrl, topics, warehouse, access, Optional.of(file), schemas);
        }

        Place withSchemas(URI registry) {
            return new Place(cluster, jdbcUrl, topics, warehouse, access, rules, Optional.of(registry.toString()));
        }
    }

    private OneMachine(Path folder, EmbeddedKafka kafka, EmbeddedDatabase database, int partitions, Place place) {
        this.folder = folder;
        this.kafka = kafka;
        this.database = database;
        this.partitions = partitions;
        this.place = place;
    }

    /** Starts the servers and makes the topics, with this many partitions. */
    public static OneMachine start(Path folder, int partitions) throws IOException, InterruptedException {
        var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        var database = EmbeddedDatabase.start(folder.resolve("postgres"), 0);
        var topics = TopicNames.of("transactions");
        PseudonymKey.createMissing(folder.resolve("pseudonyms.key"));
        Files.createDirectories(folder.resolve("warehouse"));
        var warehouse = folder.resolve("warehouse").toUri();
        var place = new Place(
                "test",
                database.jdbcUrl(),
                topics,
                warehouse,
                WarehouseAccess.USUAL,
                Optional.empty(),
                Optional.empty());
        return new OneMachine(folder, kafka, database, partitions, place).withTopics();
    }

    private OneMachine withTopics() throws InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            new KafkaTopics(admin).createMissing(place.topics(), partitions);
        }
        return this;
    }

    /** The same machine, with its warehouse in another place. */
    public OneMachine withWarehouse(URI root, WarehouseAccess reached) {
        return with(place.withWarehouse(root, reached));
    }

    /** The same machine, whose nodes and judge decide by this rule file. */
    public OneMachine withRules(Path file) {
        return with(place.withRules(file));
    }

    /** The same machine, whose nodes ask this registry for Avro schemas. */
    OneMachine withSchemas(URI registry) {
        return with(place.withSchemas(registry));
    }

    private OneMachine with(Place other) {
        return new OneMachine(folder, kafka, database, partitions, other);
    }

    /** Another cluster on the same machine and the same input, with all that it makes apart from the others'. */
    OneMachine apart(String cluster) throws IOException, InterruptedException, SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + cluster);
        }
        var warehouse = Files.createDirectories(folder.resolve(cluster)).toUri();
        var topics = new TopicNames(
                place.topics().input(), cluster + ".dlq", cluster + ".alerts", cluster + ".anomaly_alerts");
        var jdbcUrl = place.jdbcUrl().replaceFirst("/\\w+\\?", "/" + cluster + "?");
        var own = new Place(cluster, jdbcUrl, topics, warehouse, place.access(), place.rules(), place.schemas());
        return with(own).withTopics();
    }

    /** What a node on this machine is told: cursors move faster than in production, so that tests see more of them. */
    public NodeConfig config() {
        return new NodeConfig(
                        place.cluster(),
                        kafka.bootstrap(),
                        place.jdbcUrl(),
                        "postgres",
                        "postgres",
                        place.warehouse(),
                        place.topics(),
                        partitions,
                        place.rules().map(Path::toString).orElse("default"),
                        folder.resolve("pseudonyms.key"),
                        new Pace(Duration.ofMillis(25), Duration.ofMillis(500), Duration.ofSeconds(1), 100_000),
                        Duration.ofMillis(300),
                        place.schemas())
                .withAccess(place.access())
                .withGold(true)
                .withStar(true);
    }

    /** Starts a node. */
    public RiskNode node() {
        return node(config());
    }

    /** Starts a node that is told this. */
    RiskNode node(NodeConfig told) {
        return RiskNode.start(told, source -> PartitionMeter.NONE, CommitMeter.NONE, Steps.UNHEARD);
    }

    /** A producer of the input topic. */
    public KafkaProducer<byte[], byte[]> producer() {
        var settings = new Properties();
        settings.put("bootstrap.servers", kafka.bootstrap());
        settings.put("linger.ms", 5);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Produces this many records and waits until Kafka has them. */
    public void send(Generator generator, int records) {
        try (var producer = producer()) {
            for (int i = 0; i < records; i++) {
                var record = generator.next();
                producer.send(new ProducerRecord<>("transactions", record.key(), record.value()));
            }
        }
    }

    private Program.Answer judge(List<String> more) throws IOException {
        var arguments = new ArrayList<>(List.of("-m", "judge", "--expect-drained"));
        arguments.addAll(List.of("--bootstrap", bootstrap()));
        arguments.addAll(List.of("--postgres", jdbcUrl().replace("jdbc:", "").replace("//", "//postgres:postgres@")));
        arguments.addAll(List.of("--hmac-key-file", pseudonymKey().toString()));
        arguments.addAll(List.of(
                "--rules",
                place.rules().orElse(PythonEnvironment.project(RULES)).toString()));
        arguments.addAll(List.of("--cluster", place.cluster()));
        arguments.addAll(List.of("--alerts", place.topics().alerts()));
        arguments.addAll(List.of("--anomalies", place.topics().anomalyAlerts()));
        arguments.addAll(List.of("--dlq", place.topics().deadLetters()));
        var access = place.access();
        access.endpoint().ifPresent(endpoint -> arguments.addAll(List.of("--s3-endpoint", endpoint.toString())));
        access.credentials().ifPresent(file -> arguments.addAll(List.of("--s3-credentials", file.toString())));
        arguments.addAll(more);
        return PythonEnvironment.ready().run(arguments.toArray(String[]::new));
    }

    public String bootstrap() {
        return kafka.bootstrap();
    }

    public String jdbcUrl() {
        return place.jdbcUrl();
    }

    /** The same as SQLAlchemy puts it, for programs in Python. */
    String sqlAlchemyUrl() {
        return jdbcUrl().replaceFirst("jdbc:postgresql://", "postgresql+psycopg2://postgres:postgres@");
    }

    /** The file with the key of the pseudonyms. */
    public Path pseudonymKey() {
        return folder.resolve("pseudonyms.key");
    }

    /** What the judge says of everything that is here, when nothing is under way any more. */
    Program.Answer judged(String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("--duckdb"));
        arguments.addAll(List.of(more));
        return judge(arguments);
    }

    /** The same as {@code judge --json} puts it, without DuckDB's second look. */
    Program.Answer judgedInJson() throws IOException {
        return judge(List.of("--json"));
    }

    /** Waits until every record that is in the input topic now is alerted, sealed, saved and committed. */
    public void awaitDrained(RiskNode node) {
        Awaitility.await().atMost(DRAIN_MAX).pollInterval(POLL).until(() -> drained(node));
    }

    private boolean drained(RiskNode node) throws Exception {
        var ends = ends();
        var described = node.partitions().toCompletableFuture().get();
        // what is sealed while cursors are looked at must not be missed, so they come first
        return described.stream()
                        .allMatch(each ->
                                each.dataCursor() == ends.get(each.source().partition())
                                        && each.alertCursor() == each.dataCursor()
                                        && each.profileCursor() == each.dataCursor())
                && uncommitted() == 0;
    }

    private Map<Integer, Long> ends() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            var asked = new HashMap<TopicPartition, OffsetSpec>();
            for (int partition = 0; partition < partitions; partition++) {
                asked.put(new TopicPartition("transactions", partition), OffsetSpec.latest());
            }
            var ends = new HashMap<Integer, Long>();
            admin.listOffsets(asked).all().get().forEach((key, end) -> ends.put(key.partition(), end.offset()));
            return ends;
        }
    }

    private long uncommitted() throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM rc_checkpoint WHERE batch_id IS NULL")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A session of the database. */
    Connection connection() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), "postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        database.close();
        kafka.close();
    }
}
