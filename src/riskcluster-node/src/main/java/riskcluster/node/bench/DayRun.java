package riskcluster.node.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.commons.io.FileUtils;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.FileScanTask;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.commit.CommitResult;
import riskcluster.lakehouse.commit.CommitSteps;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.lakehouse.ledger.LedgerSchema;
import riskcluster.lakehouse.ledger.PostgresLedger;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.maintain.MaintainSteps;
import riskcluster.lakehouse.maintain.Maintenance;
import riskcluster.lakehouse.maintain.MaintenanceRun;
import riskcluster.lakehouse.maintain.Round;
import riskcluster.lakehouse.maintain.TableFitness;
import riskcluster.lakehouse.maintain.Thresholds;
import riskcluster.lakehouse.read.BatchSql;
import riskcluster.lakehouse.read.LakeCounts;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.write.IcebergLake;
import riskcluster.node.embedded.EmbeddedDatabase;
import riskcluster.node.embedded.FreePort;

/**
 * Simulates hours of batches every ten seconds, with everything real but the time that passes: files, ledger, commits,
 * and maintenance as often as a node runs it. Tells how fit the tables are at the end.
 */
public final class DayRun implements AutoCloseable {

    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration BATCH = Duration.ofSeconds(10);
    private static final int BATCHES_PER_HOUR = 360;

    /** A node looks once in half a minute. */
    private static final int BATCHES_PER_LOOK = 3;

    /** Half an hour: the grace of deletions passes as simulated time does. */
    private static final int BATCHES_PER_GRACE = 180;

    /** After the last hour the next day begins, so that the day is closed. */
    private static final int BATCHES_AFTER = 75;

    private static final int PLANS = 5;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_MB = 1e6;
    private static final double HUNDRED_PERCENT = 100;

    private final Path folder = Fresh.folder();
    private final EmbeddedDatabase postgres;
    private final HikariDataSource database;
    private final LakeCatalog catalog;
    private final IcebergLake lake;
    private final PostgresLedger ledger;
    private final Committer committer;
    private final Maintenance maintenance;
    private final List<Place> places = new ArrayList<>();
    private final List<MaintenanceRun> runs = new ArrayList<>();

    /** A partition's writer. */
    private record Place(LogPartition source, Ownership owner, MadeUpRows rows) {}

    private DayRun(int partitions, long seed) throws IOException {
        postgres = EmbeddedDatabase.start(folder.resolve("postgres"), FreePort.from(25_432));
        database = LedgerPool.open(postgres.jdbcUrl(), "postgres", "postgres", 4);
        LedgerSchema.migrate(database);
        var warehouse = Warehouse.local(folder.resolve("warehouse"));
        catalog = new LakeCatalog(database, warehouse);
        catalog.createMissing(Tables.ALL);
        lake = new IcebergLake(warehouse);
        ledger = new PostgresLedger(database, (source, customers) -> {});
        committer = new Committer(database, catalog, UUID.randomUUID(), CommitSteps.NONE);
        maintenance = new Maintenance(
                database,
                catalog,
                Tables.ALL,
                committer::rewrite,
                UUID.randomUUID(),
                Thresholds.USUAL,
                Clock.systemUTC(),
                MaintainSteps.NONE);
        for (int partition = 0; partition < partitions; partition++) {
            var source = new LogPartition("transactions", partition);
            var owner = ledger.take(source, UUID.randomUUID(), "topic-id", 0);
            places.add(new Place(source, owner, new MadeUpRows(source, seed + partition)));
        }
    }

    /** Arguments: hours, rows of a batch in each partition, partitions, seed. */
    public static void main(String[] args) throws IOException {
        simulate(
                        Integer.parseInt(args[0]),
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]),
                        Long.parseLong(args[3]))
                .tell(System.out);
        System.exit(0);
    }

    /** Runs it and tells what the tables are like then. */
    public static Figures simulate(int hours, int rowsPerBatch, int partitions, long seed) throws IOException {
        try (var day = new DayRun(partitions, seed)) {
            return day.run(hours, rowsPerBatch);
        }
    }

    private Figures run(int hours, int rowsPerBatch) {
        Instant first = DAY.plus(Duration.ofHours(24L - hours));
        int batches = hours * BATCHES_PER_HOUR + BATCHES_AFTER;
        for (int batch = 1; batch <= batches; batch++) {
            Instant from = first.plus(BATCH.multipliedBy(batch - 1L));
            commit(from, rowsPerBatch);
            pass(batch, from.plus(BATCH));
            if (batch % BATCHES_PER_LOOK == 0) {
                maintain();
            }
            if (batch % BATCHES_PER_HOUR == 0) {
                System.out.println("hour " + batch / BATCHES_PER_HOUR + " of " + hours);
            }
        }
        maintain();
        return figures((long) batches * rowsPerBatch * places.size());
    }

    private void commit(Instant from, int rowsPerBatch) {
        places.forEach(place -> {
            var source = place.source();
            var owner = place.owner();
            var madeUp = place.rows();
            long start = madeUp.end();
            var writer = lake.open(owner, source);
            writer.write(madeUp.next(rowsPerBatch, from, from.plus(BATCH)), from.toEpochMilli());
            var checkpoint = new Checkpoint(
                    source, start, madeUp.end(), madeUp.end(), Long.MIN_VALUE, rowsPerBatch, writer.stage());
            writer.abandon();
            require(ledger.seal(owner, checkpoint) == Answer.DONE, "a seal was refused");
        });
        require(committer.commitOnce() instanceof CommitResult.Committed, "a batch was not committed");
    }

    /** The batch happened at its simulated time, and what waits for the end of its grace has waited as long. */
    private void pass(long batch, Instant at) {
        new Transactions(database).<Boolean>run("let time pass", connection -> {
            try (var update = connection.prepareStatement("UPDATE rc_batch SET committed_at = ? WHERE id = ?")) {
                update.setObject(1, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
                update.setLong(2, batch);
                update.executeUpdate();
            }
            if (batch % BATCHES_PER_GRACE == 0) {
                try (var update = connection.createStatement()) {
                    update.executeUpdate(
                            "UPDATE rc_deferred_deletion SET not_before = not_before - interval '30 minutes'");
                }
            }
            return true;
        });
    }

    private void maintain() {
        while (maintenance.runOnce() instanceof Round.Ran(MaintenanceRun run)) {
            runs.add(run);
            require(run.outcome() == MaintenanceRun.Outcome.DONE, run.toString());
        }
    }

    private Figures figures(long written) {
        var figures = new Figures().put("rows", written).put("maintenance_runs", runs.size());
        figures.put(
                "bytes_rewritten_mb",
                runs.stream().mapToLong(MaintenanceRun::bytes).sum() / BYTES_PER_MB);
        figures.put(
                "maintenance_seconds",
                runs.stream().mapToLong(MaintenanceRun::tookMillis).sum() / 1e3);
        for (TableFitness table : maintenance.fitness()) {
            if (table.files() > 0) {
                add(figures, table);
            }
        }
        try (var sql = new BatchSql(PinnedBatch.newest(database, catalog))) {
            var counts = LakeCounts.of(sql);
            require(
                    counts.decided() == written && counts.decisions() == written,
                    written + " rows were written, the tables have " + counts);
        }
        return figures;
    }

    private void add(Figures figures, TableFitness table) {
        String name = table.table().replace('.', '_');
        figures.put(name + "_mb", table.bytes() / BYTES_PER_MB)
                .put(name + "_files", table.files())
                .put(name + "_large_percent", HUNDRED_PERCENT * table.bytesInLarge() / table.bytes())
                .put(name + "_manifests", table.manifests())
                .put(name + "_snapshots", table.snapshots())
                .put(name + "_tags", table.tags())
                .put(name + "_metadata_kb", table.metadataBytes() / 1e3)
                .put(name + "_plan_ms", planMillis(table.table()));
    }

    /** From the catalog's row to the last file of a scan of everything, the slowest of a few. */
    private double planMillis(String name) {
        TableDefinition definition = Tables.ALL.stream()
                .filter(table -> table.qualifiedName().equals(name))
                .findFirst()
                .orElseThrow();
        double slowest = 0;
        for (int i = 0; i < PLANS; i++) {
            long start = System.nanoTime();
            var operations = new StagedTable(catalog.warehouse().io(), "read-e0", catalog.load(definition));
            long files = 0;
            try (var tasks =
                    new BaseTable(operations, name, report -> {}).newScan().planFiles()) {
                for (FileScanTask task : tasks) {
                    files += task.length() > 0 ? 1 : 0;
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            require(files > 0, "a scan of " + name + " has no files");
            slowest = Math.max(slowest, (System.nanoTime() - start) / NANOS_PER_MILLI);
        }
        return slowest;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public void close() throws IOException {
        database.close();
        postgres.close();
        FileUtils.deleteDirectory(folder.toFile());
    }
}
