package riskcluster.node.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.commit.CommitResult;
import riskcluster.lakehouse.commit.CommitSteps;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.lakehouse.ledger.LedgerSchema;
import riskcluster.lakehouse.ledger.PostgresLedger;
import riskcluster.lakehouse.read.BatchSql;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.RowReceiver;
import riskcluster.lakehouse.read.SqlAnswer;
import riskcluster.lakehouse.read.SqlColumn;
import riskcluster.lakehouse.write.IcebergLake;
import riskcluster.node.embedded.EmbeddedDatabase;
import riskcluster.node.embedded.FreePort;

/** Measures the daily figures of 30 days over a silver table of many rows, as DuckDB computes them from its files. */
public final class KpiRun {

    /** The question: one row a day of UTC. DuckDB finds days of zones by a calendar, which takes longer than all else here. */
    static final String KPI = """
        SELECT make_timestamp(epoch_us(event_time))::date AS day, count(*) AS transactions, sum(amount) AS revenue,
          avg(amount) AS average, avg(CASE WHEN band IN ('MEDIUM', 'HIGH', 'CRITICAL') THEN 1 ELSE 0 END) AS alert_rate,
          count(*) FILTER (WHERE is_high_value) AS high_value, count(DISTINCT payment_method) AS payment_methods
        FROM silver.transactions
        WHERE event_time >= TIMESTAMPTZ '2026-03-02 00:00:00Z' AND event_time < TIMESTAMPTZ '2026-04-01 00:00:00Z'
        GROUP BY day ORDER BY day\
        """;

    private static final Instant FIRST = Instant.parse("2026-03-02T00:00:00Z");
    private static final int DAYS = 30;
    private static final int WRITERS = 2;
    private static final int CHECKPOINT_ROWS = 100_000;
    private static final int ASKED = 5;
    private static final double NANOS_PER_MILLI = 1e6;

    private final HikariDataSource database;
    private final LakeCatalog catalog;
    private final long seed;

    private KpiRun(HikariDataSource database, LakeCatalog catalog, long seed) {
        this.database = database;
        this.catalog = catalog;
        this.seed = seed;
    }

    /** Arguments: rows, seed. */
    public static void main(String[] args) throws IOException {
        Path folder = Fresh.folder();
        try (var postgres = EmbeddedDatabase.start(folder.resolve("postgres"), FreePort.from(25_432));
                var database = LedgerPool.open(postgres.jdbcUrl(), "postgres", "postgres", 2 * WRITERS)) {
            LedgerSchema.migrate(database);
            var catalog = new LakeCatalog(database, Warehouse.local(folder.resolve("warehouse")));
            catalog.createMissing(Tables.ALL);
            new KpiRun(database, catalog, Long.parseLong(args[1])).run(Long.parseLong(args[0]));
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
        System.exit(0);
    }

    private void run(long rows) {
        write(Math.toIntExact(rows / WRITERS / CHECKPOINT_ROWS));
        var figures = new Figures();
        var batch = PinnedBatch.newest(database, catalog);
        var silver = batch.table(Tables.SILVER_TRANSACTIONS).statistics();
        figures.put("rows", silver.rows()).put("files", silver.files()).put("mb", silver.bytes() / 1e6);
        double worst = 0;
        double best = Double.MAX_VALUE;
        for (int i = 0; i < ASKED; i++) {
            long start = System.nanoTime();
            try (var sql = new BatchSql(PinnedBatch.newest(database, catalog))) {
                if (!(sql.query(KPI, new Days()) instanceof SqlAnswer.Done(var days)) || days != DAYS) {
                    throw new IllegalStateException("the question was not answered with a row for each of the days");
                }
            }
            double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
            worst = Math.max(worst, millis);
            best = Math.min(best, millis);
        }
        figures.put("kpi_best_ms", best).put("kpi_worst_ms", worst).tell(System.out);
    }

    /** Each writer is a partition whose log spans the 30 days. */
    private void write(int checkpoints) {
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            var writing = IntStream.range(0, WRITERS)
                    .mapToObj(partition -> threads.submit(() -> write(partition, checkpoints)))
                    .toList();
            for (var one : writing) {
                one.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the rows were not written", failure.getCause());
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows were written", failure);
        }
        var committer = new Committer(database, catalog, UUID.randomUUID(), CommitSteps.NONE);
        while (committer.commitOnce() instanceof CommitResult.Committed) {
            // So many checkpoints are more than one batch.
        }
    }

    private void write(int partition, int checkpoints) {
        var source = new LogPartition("transactions", partition);
        var ledger = new PostgresLedger(database, (place, customers) -> {});
        var owner = ledger.take(source, UUID.randomUUID(), "topic-id", 0);
        var lake = new IcebergLake(catalog.warehouse());
        var rows = new MadeUpRows(source, seed + partition);
        var span = Duration.ofDays(DAYS).dividedBy(checkpoints);
        for (int i = 0; i < checkpoints; i++) {
            long start = rows.end();
            var from = FIRST.plus(span.multipliedBy(i));
            var writer = lake.open(owner, source);
            writer.write(rows.next(CHECKPOINT_ROWS, from, from.plus(span)), 1);
            var checkpoint = new Checkpoint(
                    source, start, rows.end(), rows.end(), Long.MIN_VALUE, CHECKPOINT_ROWS, writer.stage());
            writer.abandon();
            if (ledger.seal(owner, checkpoint) != Answer.DONE) {
                throw new IllegalStateException("a seal was refused");
            }
        }
    }

    /** Only their number matters here. */
    private static final class Days implements RowReceiver {
        @Override
        public void columns(List<SqlColumn> columns) {}

        @Override
        public void row(List<@Nullable Object> values) {}
    }
}
