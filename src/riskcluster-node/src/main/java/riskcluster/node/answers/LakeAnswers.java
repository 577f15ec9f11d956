package riskcluster.node.answers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.read.BatchChoice;
import riskcluster.lakehouse.read.BatchSql;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.PinnedTable;
import riskcluster.lakehouse.read.SqlAnswer;
import riskcluster.lakehouse.rest.RestAnswer;
import riskcluster.lakehouse.rest.RestCatalog;
import riskcluster.node.view.DecisionView;
import riskcluster.node.view.Reply;
import riskcluster.node.view.SqlView;
import riskcluster.node.view.TableView;

/** Answers from the tables, each from one pinned batch: the newest when it was asked. */
public final class LakeAnswers implements AutoCloseable {

    /** Queries that may run at the same time; each may take a gibibyte. */
    private static final int QUERIES_MAX = 2;

    private static final Duration QUERY_MAX = Duration.ofSeconds(30);
    private static final int ROWS_MAX = 1_000;

    private final DataSource database;
    private final LakeCatalog catalog;
    private final RestCatalog rest;
    private final Semaphore queries = new Semaphore(QUERIES_MAX);
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("query-timer").factory());

    /**
     * @param database with catalog and ledger
     * @param clientSettings what engines from outside are told to reach the warehouse
     */
    public LakeAnswers(DataSource database, LakeCatalog catalog, Map<String, String> clientSettings) {
        this.database = database;
        this.catalog = catalog;
        this.rest = new RestCatalog(database, catalog, clientSettings);
    }

    /** Every table in numbers. */
    public CompletionStage<Reply<List<TableView>>> tables() {
        return later(() -> {
            var batch = newest();
            return Reply.of(batch.tables().stream()
                    .map(table -> TableViews.figures(batch.id(), table))
                    .toList());
        });
    }

    /** One table with its columns. */
    public CompletionStage<Reply<TableView>> table(String name) {
        return later(() -> {
            var batch = newest();
            return batch.tables().stream()
                    .filter(table -> table.definition().qualifiedName().equals(name))
                    .findFirst()
                    .map(table -> Reply.of(TableViews.whole(batch.id(), table)))
                    .orElseGet(() -> Reply.refused(
                            Reply.Why.NOT_FOUND, "there is no table " + name + "; there are " + names(batch)));
        });
    }

    /** The decision about a transaction as it stands in silver. */
    public CompletionStage<Reply<DecisionView>> decision(String transactionId) {
        return first(SilverDecision.query(transactionId)).thenApply(reply -> switch (reply) {
            case Reply.Refused<First>(var why, var message) -> Reply.refused(why, message);
            case Reply.Answered<First>(var found) ->
                found.row()
                        .map(row -> Reply.of(SilverDecision.view(row)))
                        .orElseGet(() -> Reply.refused(
                                Reply.Why.NOT_FOUND,
                                "batch " + found.batch() + " holds no decision about " + transactionId
                                        + "; it may be rejected, or not committed yet"));
        });
    }

    /** The first row of a query over the newest batch, if it has one, by its columns; nulls are missing. */
    record First(long batch, Optional<Map<String, Object>> row) {}

    CompletionStage<Reply<First>> first(String query) {
        var rows = new Rows(1);
        return query(query, Optional.empty(), rows).thenApply(reply -> switch (reply) {
            case Reply.Refused<SqlView>(var why, var message) -> Reply.refused(why, message);
            case Reply.Answered<SqlView>(var answer) ->
                Reply.of(new First(answer.batch(), rows.isEmpty() ? Optional.empty() : Optional.of(rows.first())));
        });
    }

    /** The rows of a query. */
    public CompletionStage<Reply<SqlView>> sql(String text, Optional<String> at) {
        return query(text, at, new Rows(ROWS_MAX));
    }

    /** The answer of Iceberg's REST catalog. */
    public CompletionStage<RestAnswer> catalog(String method, String path, Map<String, String> query) {
        return later(() -> rest.answer(method, path, query));
    }

    private CompletionStage<Reply<SqlView>> query(String text, Optional<String> at, Rows rows) {
        if (!queries.tryAcquire()) {
            return CompletableFuture.completedStage(Reply.refused(
                    Reply.Why.UNAVAILABLE, QUERIES_MAX + " other queries are running; try again when one is done"));
        }
        return later(() -> switch (batch(at)) {
                    case Reply.Refused<PinnedBatch>(var why, var message) -> Reply.<SqlView>refused(why, message);
                    case Reply.Answered<PinnedBatch>(var batch) -> answer(text, batch, rows);
                })
                .whenComplete((reply, failure) -> queries.release());
    }

    private Reply<SqlView> answer(String text, PinnedBatch batch, Rows rows) {
        try (var sql = new BatchSql(batch)) {
            var limit = timer.schedule(sql::cancel, QUERY_MAX.toSeconds(), TimeUnit.SECONDS);
            var answer = rows.isFilledBy(() -> sql.query(text, rows));
            if (limit.isDone()) {
                return Reply.refused(
                        Reply.Why.TOO_LONG,
                        "the query took more than " + QUERY_MAX.toSeconds() + " seconds; ask for less");
            }
            limit.cancel(false);
            return answer.isPresent() && answer.get() instanceof SqlAnswer.Refused(var why)
                    ? Reply.refused(Reply.Why.INVALID, why)
                    : Reply.of(rows.view(batch.id()));
        }
    }

    private Reply<PinnedBatch> batch(Optional<String> at) {
        if (at.isEmpty()) {
            return Reply.of(newest());
        }
        return switch (BatchChoice.find(database, catalog, at.get())) {
            case BatchChoice.Choice.Unknown(var why) -> Reply.refused(Reply.Why.NOT_FOUND, why);
            case BatchChoice.Choice.Found(var id) ->
                PinnedBatch.at(database, catalog, id)
                        .map(Reply::of)
                        .orElseGet(() -> Reply.refused(
                                Reply.Why.NOT_FOUND,
                                "batch " + id + " is not kept any more; " + BatchChoice.kept(database, catalog)));
        };
    }

    private PinnedBatch newest() {
        return PinnedBatch.newest(database, catalog);
    }

    private <T> CompletionStage<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, blocking);
    }

    private static String names(PinnedBatch batch) {
        return String.join(
                ", ",
                batch.tables().stream()
                        .map(PinnedTable::definition)
                        .map(TableDefinition::qualifiedName)
                        .toList());
    }

    @Override
    public void close() {
        timer.shutdownNow();
        blocking.shutdownNow();
    }
}
