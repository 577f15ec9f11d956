package riskcluster.node;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import riskcluster.actors.alert.KafkaAlertLog;
import riskcluster.actors.anomaly.AnomalyRule;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.RecordedSchemas;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.actors.log.KafkaInputLog;
import riskcluster.actors.log.LogWithHistory;
import riskcluster.actors.partition.PartitionPorts;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.step.Steps;
import riskcluster.contracts.table.Tables;
import riskcluster.contracts.trace.RecordTrace;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.commit.CommitSteps;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.ledger.CheckpointTable;
import riskcluster.lakehouse.ledger.FieldTable;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.lakehouse.ledger.LedgerSchema;
import riskcluster.lakehouse.ledger.PostgresLedger;
import riskcluster.lakehouse.ledger.PostgresSchemas;
import riskcluster.lakehouse.ledger.Rekeyed;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.maintain.MaintainSteps;
import riskcluster.lakehouse.maintain.Maintenance;
import riskcluster.lakehouse.quality.QualityGate;
import riskcluster.lakehouse.read.LakeHistory;
import riskcluster.lakehouse.write.IcebergLake;
import riskcluster.node.commit.CommitLoop;
import riskcluster.node.contract.Contracts;
import riskcluster.node.contract.InputContract;
import riskcluster.node.contract.QualityRules;
import riskcluster.node.contract.QualityWatch;
import riskcluster.node.privacy.Rekeys;
import riskcluster.node.topic.TopicCheck;
import riskcluster.node.trace.Traces;
import riskcluster.node.upkeep.Journal;
import riskcluster.node.upkeep.Upkeep;

/**
 * The way of a record, as the parts that it passes: log, decode, score, alerts and files, ledger, commit. Everything
 * that a node opens outside is opened and closed here.
 */
public final class Pipeline implements AutoCloseable {

    private final HikariDataSource database;
    private final Admin admin;
    private final List<ExecutorService> threads;
    private final LakeCatalog catalog;
    private final PartitionPorts partitions;
    private final CommitLoop.Parts commits;
    private final Upkeep.Parts upkeep;
    private final QualityWatch quality;
    private final Optional<Traces> traces;

    private Pipeline(
            HikariDataSource database,
            Admin admin,
            List<ExecutorService> threads,
            LakeCatalog catalog,
            PartitionPorts partitions,
            CommitLoop.Parts commits,
            Upkeep.Parts upkeep,
            QualityWatch quality,
            Optional<Traces> traces) {
        this.database = database;
        this.admin = admin;
        this.threads = threads;
        this.catalog = catalog;
        this.partitions = partitions;
        this.commits = commits;
        this.upkeep = upkeep;
        this.quality = quality;
        this.traces = traces;
    }

    static Pipeline assemble(
            NodeConfig config, Function<LogPartition, PartitionMeter> meters, CommitMeter commitMeter, Steps steps) {
        var plain =
                Rules.read(config.rules()).withSchemaRegistry(config.schemas().isPresent());
        var contracts = config.contracts().map(Contracts::in).orElseGet(Contracts::bundled);
        var rules = QualityRules.of(contracts);
        var extraFields = InputContract.extraFields(contracts);
        var pseudonyms = PseudonymKey.read(config.pseudonymKey(), plain.keyVersion());
        var kafka = config.kafka().connection();
        var admin = Admin.create(kafka);
        var blocking = Executors.newVirtualThreadPerTaskExecutor();
        var database = database(config);
        LedgerSchema.migrate(database);
        Rekeyed.check(database, plain.keyVersion());
        TopicCheck.check(admin, database, config.topics(), config.partitions(), config.mode());
        var catalog = new LakeCatalog(database, warehouse(config, steps), commitMeter);
        catalog.createMissing(Tables.ALL);
        var policy = plain.withExtraFields(FieldTable.record(database, extraFields));
        Journal.createMissing(database);
        StartConditions.check(database, catalog);

        var traces = traces(config, database);
        var partitions = new PartitionPorts(
                new LogWithHistory(
                        new KafkaInputLog(kafka, admin, config.partitions()), new LakeHistory(database, catalog)),
                new KafkaAlertLog(kafka, admin, config.topics(), config.cluster()),
                new PostgresLedger(
                        database, (source, customers) -> meters.apply(source).split(customers)),
                new IcebergLake(catalog.warehouse(), config.gold()),
                decoder(config, database),
                new Scorer(pseudonyms),
                policy,
                config.gold() ? Optional.of(AnomalyRule.CONTRACT) : Optional.empty(),
                config.makesStar(),
                meters,
                source -> traces.map(all -> all.partition(source)).orElse(RecordTrace.NONE),
                config.pace(),
                steps,
                blocking,
                wallClockMicros());
        var quality = new QualityWatch(commitMeter);
        Supplier<Committer> committers = () -> committer(database, catalog, rules, quality, steps);
        var commits = new CommitLoop.Parts(committers, config.commit(), commitMeter, blocking, System::nanoTime);
        var upkeepThread = upkeepThread();
        var upkeep = upkeep(config, database, catalog, pseudonyms, upkeepThread);
        var threads = List.of(blocking, upkeepThread);
        return new Pipeline(database, admin, threads, catalog, partitions, commits, upkeep, quality, traces);
    }

    private static Decoder decoder(NodeConfig config, HikariDataSource database) {
        var registry = config.schemas().map(SchemaRegistry::at).orElseGet(SchemaRegistry::empty);
        return new Decoder(new RecordedSchemas(new PostgresSchemas(database), registry));
    }

    private static Optional<Traces> traces(NodeConfig config, HikariDataSource database) {
        var ledger = new Transactions(database);
        return config.traces()
                .map(collector -> Traces.to(
                        collector,
                        config.membership().address().toString(),
                        (source, offset) -> ledger.run(
                                "look whether a record is visible",
                                connection -> CheckpointTable.visible(connection, source, offset)),
                        wallClockMicros()));
    }

    private static HikariDataSource database(NodeConfig config) {
        return LedgerPool.open(
                config.jdbcUrl(),
                config.databaseUser(),
                config.databasePassword(),
                config.database().connectionsMax());
    }

    /** A thread of its own: compaction is work and not waiting, and would keep the virtual threads from theirs. */
    private static ExecutorService upkeepThread() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("upkeep").daemon().factory());
    }

    /** A committer of a new incarnation, which holds batches to the rules of the contracts. */
    private static Committer committer(
            HikariDataSource database, LakeCatalog catalog, QualityRules rules, QualityWatch quality, Steps steps) {
        var gate = new QualityGate(database, rules.rules(), rules.ranges(), quality);
        return new Committer(database, catalog, UUID.randomUUID(), told(steps), gate);
    }

    private static Upkeep.Parts upkeep(
            NodeConfig config,
            HikariDataSource database,
            LakeCatalog catalog,
            Pseudonyms pseudonyms,
            ExecutorService thread) {
        return new Upkeep.Parts(
                committing -> new Maintenance(
                        database,
                        catalog,
                        Tables.ALL,
                        committing,
                        UUID.randomUUID(),
                        config.upkeep().thresholds(),
                        Clock.systemUTC(),
                        MaintainSteps.NONE,
                        Rekeys.keys(pseudonyms)),
                config.upkeep().every(),
                thread);
    }

    /** Steps inside a file are of interest to a test that dies there; else nothing stands between. */
    private static Warehouse warehouse(NodeConfig config, Steps steps) {
        var warehouse = Warehouse.at(config.warehouse(), config.access());
        return steps.equals(Steps.UNHEARD) ? warehouse : warehouse.heardBy(steps);
    }

    private static CommitSteps told(Steps steps) {
        return step -> steps.reached(CommitLoop.SCOPE, Step.valueOf(step.name()));
    }

    private static LongSupplier wallClockMicros() {
        var clock = Clock.systemUTC();
        return () -> Math.multiplyExact(clock.millis(), 1_000L);
    }

    PartitionPorts partitions() {
        return partitions;
    }

    CommitLoop.Parts commits() {
        return commits;
    }

    Upkeep.Parts upkeep() {
        return upkeep;
    }

    /** What the rules of the data contracts found last. */
    public QualityWatch quality() {
        return quality;
    }

    /** The tables, for whoever reads them. */
    public LakeCatalog catalog() {
        return catalog;
    }

    /** The database with catalog and ledger. */
    public HikariDataSource database() {
        return database;
    }

    @Override
    public void close() {
        traces.ifPresent(Traces::close);
        threads.forEach(ExecutorService::shutdownNow);
        admin.close();
        catalog.warehouse().io().close();
        database.close();
    }
}
