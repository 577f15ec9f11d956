package riskcluster.node.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import riskcluster.lakehouse.rest.RestAnswer;
import riskcluster.node.view.ClusterView;
import riskcluster.node.view.CustomerView;
import riskcluster.node.view.DecisionView;
import riskcluster.node.view.HealthView;
import riskcluster.node.view.Reply;
import riskcluster.node.view.RunsView;
import riskcluster.node.view.SqlView;
import riskcluster.node.view.TableView;
import riskcluster.node.view.UpkeepView;

/** A node that knows one customer, one transaction and one table. */
public final class FakeNode implements NodeApi {

    public static final String DECIDED = "t1";

    private final List<String> sent = new ArrayList<>();
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private boolean ready = true;

    /** Routes with the status of their answers, in their order. */
    public List<String> answered() {
        return List.copyOf(answered);
    }

    @Override
    public RequestMeter requests() {
        return (route, status, nanos) -> answered.add(route + " " + status);
    }

    /** What was sent, in its order. */
    public List<String> sent() {
        return sent;
    }

    public void fallIll() {
        ready = false;
    }

    @Override
    public CompletionStage<Reply<ClusterView>> cluster() {
        return done(Reply.of(new ClusterView(
                "test",
                List.of(new ClusterView.Member(
                        "pekko://riskcluster@127.0.0.1:25520", "Up", true, List.of(), true, "0.0.0")),
                List.of(new ClusterView.Place(0, 3, 120, 118, 100, 80, 17, null)))));
    }

    @Override
    public CompletionStage<Reply<CustomerView>> customer(String userId) {
        if (userId.equals("ill")) {
            return CompletableFuture.failedStage(new IllegalStateException("asked too long"));
        }
        return done(
                userId.equals("u 1")
                        ? Reply.of(new CustomerView(
                                "u 1",
                                2,
                                119,
                                "2025-01-06T08:30:00Z",
                                4,
                                List.of(new CustomerView.Window("30m", 2, "10.5", "5.25"))))
                        : Reply.refused(Reply.Why.NOT_FOUND, "no partition knows the customer " + userId));
    }

    @Override
    public CompletionStage<Reply<DecisionView>> send(byte[] json) {
        sent.add(new String(json, StandardCharsets.UTF_8));
        return done(
                sent.getLast().contains("transaction_id")
                        ? Reply.of(decision())
                        : Reply.of(
                                DecisionView.rejected("transactions/2/120", "RC-1005", "transaction_id is missing")));
    }

    @Override
    public CompletionStage<Reply<DecisionView>> decision(String transactionId) {
        return done(
                transactionId.equals(DECIDED)
                        ? Reply.of(decision())
                        : Reply.refused(Reply.Why.NOT_FOUND, "no committed decision about " + transactionId));
    }

    @Override
    public CompletionStage<Reply<List<TableView>>> tables() {
        return done(Reply.of(List.of(new TableView("silver.transactions", 7, 1_000, 3, 50_000, List.of()))));
    }

    @Override
    public CompletionStage<Reply<TableView>> table(String name) {
        return done(
                name.equals("silver.transactions")
                        ? Reply.of(new TableView(
                                name,
                                7,
                                1_000,
                                3,
                                50_000,
                                List.of(new TableView.Column("points", "int", "Sum of the fired rules' points"))))
                        : Reply.refused(Reply.Why.NOT_FOUND, "there is no table " + name));
    }

    @Override
    public CompletionStage<RestAnswer> catalog(String method, String path, Map<String, String> query) {
        return done(new RestAnswer(
                method.equals("GET") ? 200 : 405,
                ("{\"asked\":\"" + method + " " + path + " " + query + "\"}").getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public CompletionStage<Reply<SqlView>> sql(String text, Optional<String> at) {
        if (at.isPresent()) {
            return done(Reply.refused(Reply.Why.NOT_FOUND, "no batch that is kept is called " + at.get()));
        }
        if (text.contains("bronze.rejected")) {
            return done(Reply.of(rejected(text)));
        }
        if (text.equals("select sleep")) {
            return done(Reply.refused(Reply.Why.TOO_LONG, "the query took more than 30 seconds"));
        }
        if (text.startsWith("drop")) {
            return done(Reply.refused(Reply.Why.INVALID, "only queries are allowed"));
        }
        var row = new ArrayList<@Nullable Object>(List.of("HIGH", 3));
        row.add(null);
        return done(Reply.of(new SqlView(7, List.of("band", "n", "note"), List.of(row), false)));
    }

    /** One rejected record, whose value is no text. */
    private static SqlView rejected(String text) {
        var wanted = !text.contains("\"offset\" = ") || text.contains("\"offset\" = 17");
        return text.contains("hex(value)")
                ? new SqlView(
                        7,
                        List.of("source", "kafka_time", "reason", "detail", "key", "value", "headers"),
                        wanted
                                ? List.of(List.of(
                                        "transactions/3/17",
                                        "2025-01-06T08:30:00Z",
                                        "RC-1003",
                                        "neither JSON nor Avro",
                                        "7531",
                                        "FF00",
                                        List.of(Map.of("name", "trace", "value", "6162"))))
                                : List.of(),
                        false)
                : new SqlView(
                        7,
                        List.of("source", "kafka_time", "reason", "bytes", "detail"),
                        List.of(List.of(
                                "transactions/3/17", "2025-01-06T08:30:00Z", "RC-1003", 2, "neither JSON nor Avro")),
                        false);
    }

    @Override
    public CompletionStage<Reply<DecisionView>> retry(String source) {
        sent.add(source);
        return done(
                switch (source) {
                    case "transactions/3/17" -> Reply.of(decision());
                    case "transactions/3/18" ->
                        Reply.of(DecisionView.rejected("transactions/3/120", "RC-1003", "still no JSON"));
                    default -> Reply.refused(Reply.Why.NOT_FOUND, "batch 7 holds no rejected record " + source);
                });
    }

    @Override
    public CompletionStage<Reply<UpkeepView>> maintenance() {
        return done(Reply.of(new UpkeepView(
                List.of(new UpkeepView.Table("silver.transactions", 9, 3, 900_000, 80, 4, 150, 24, 190_000)))));
    }

    @Override
    public CompletionStage<Reply<RunsView>> maintain() {
        return done(Reply.of(new RunsView(
                true,
                List.of(new RunsView.Run(
                        "2025-01-06T08:30:00Z", "silver.transactions", "compaction", "failed", 0, 0, 0, 12, "gone")))));
    }

    @Override
    public CompletionStage<Reply<RunsView>> maintained(int limit) {
        return done(Reply.of(new RunsView(
                true,
                Collections.nCopies(
                        limit,
                        new RunsView.Run(
                                "2025-01-06T08:30:00Z",
                                "silver.transactions",
                                "compaction",
                                "done",
                                32,
                                1,
                                640_000,
                                412,
                                "")))));
    }

    @Override
    public Source<ByteString, NotUsed> alerts(boolean fromStart) {
        return Source.from(List.of(
                        ByteString.fromString("{\"transaction_id\":\"t1\",\"from_start\":" + fromStart + "}\n"),
                        ByteString.fromString("\n")))
                .concat(Source.<ByteString>maybe().mapMaterializedValue(unused -> NotUsed.getInstance()));
    }

    @Override
    public String metrics() {
        return "# TYPE riskcluster_batch gauge\nriskcluster_batch 7.0\n";
    }

    @Override
    public CompletionStage<HealthView> health() {
        return done(new HealthView(ready, ready ? List.of() : List.of("partition 2 waits for a person")));
    }

    private static DecisionView decision() {
        return new DecisionView(
                "decided",
                "transactions/2/119",
                DECIDED,
                "k1:00ff",
                "2025-01-06T08:30:00Z",
                "6000.5",
                "USD",
                "Lotus Market 1",
                30,
                "MEDIUM",
                null,
                true,
                List.of(new DecisionView.Fired("high_amount", 30, "6000.5")),
                1,
                false,
                false,
                "0123abcd",
                null,
                null);
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedStage(value);
    }
}
