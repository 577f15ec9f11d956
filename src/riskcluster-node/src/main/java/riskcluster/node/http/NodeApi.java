package riskcluster.node.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
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

/** What a running node answers. No call blocks. */
public interface NodeApi {

    CompletionStage<Reply<ClusterView>> cluster();

    /** The live profile of a customer, by the raw user id. */
    CompletionStage<Reply<CustomerView>> customer(String userId);

    /** Puts one transaction on the input topic and waits for its decision. */
    CompletionStage<Reply<DecisionView>> send(byte[] json);

    /** The committed decision about a transaction. */
    CompletionStage<Reply<DecisionView>> decision(String transactionId);

    /**
     * Puts a rejected record on the input topic again, byte for byte, and waits for its decision.
     *
     * @param source {@code topic/partition/offset}
     */
    CompletionStage<Reply<DecisionView>> retry(String source);

    /** Every table with its figures at the newest batch. */
    CompletionStage<Reply<List<TableView>>> tables();

    /** One table with its columns, {@code namespace.name}. */
    CompletionStage<Reply<TableView>> table(String name);

    /**
     * Rows of a read-only query over one batch.
     *
     * @param at number, snapshot, tag or time of the batch; without one, the newest
     */
    CompletionStage<Reply<SqlView>> sql(String text, Optional<String> at);

    /**
     * Iceberg's REST catalog, read-only.
     *
     * @param path behind the catalog's own address
     */
    CompletionStage<RestAnswer> catalog(String method, String path, Map<String, String> query);

    /** How fit the tables are to be read. */
    CompletionStage<Reply<UpkeepView>> maintenance();

    /** Does now what the tables need. */
    CompletionStage<Reply<RunsView>> maintain();

    /** The newest things that maintenance did, so many at most. */
    CompletionStage<Reply<RunsView>> maintained(int limit);

    /**
     * Alerts, each once, as JSON lines without an end; an empty line now and then shows that the stream lives.
     *
     * @param fromStart all that the topic holds, instead of those from now on
     */
    Source<ByteString, NotUsed> alerts(boolean fromStart);

    /** Everything counted, in Prometheus' text format. */
    String metrics();

    CompletionStage<HealthView> health();

    /** Hears of the requests. */
    default RequestMeter requests() {
        return RequestMeter.NONE;
    }
}
