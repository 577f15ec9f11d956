package riskcluster.node.answers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import riskcluster.lakehouse.rest.RestAnswer;
import riskcluster.node.RiskNode;
import riskcluster.node.http.NodeApi;
import riskcluster.node.http.RequestMeter;
import riskcluster.node.metrics.Metrics;
import riskcluster.node.view.ClusterView;
import riskcluster.node.view.CustomerView;
import riskcluster.node.view.DecisionView;
import riskcluster.node.view.HealthView;
import riskcluster.node.view.Reply;
import riskcluster.node.view.RunsView;
import riskcluster.node.view.SqlView;
import riskcluster.node.view.TableView;
import riskcluster.node.view.UpkeepView;

/** Everything that a running node answers. */
public final class LiveNode implements NodeApi, AutoCloseable {

    private final RiskNode node;
    private final Metrics metrics;
    private final PartitionAnswers partitions;
    private final SendAnswers senders;
    private final LakeAnswers lake;
    private final UpkeepAnswers upkeep;
    private final DeadLetterAnswers deadLetters;

    public LiveNode(RiskNode node, Metrics metrics) {
        this.node = node;
        this.metrics = metrics;
        this.partitions = new PartitionAnswers(node);
        this.senders = new SendAnswers(node);
        this.lake = new LakeAnswers(
                node.pipeline().database(),
                node.pipeline().catalog(),
                node.config().access().clientSettings());
        this.upkeep = new UpkeepAnswers(node.upkeep());
        this.deadLetters = new DeadLetterAnswers(node.config().topics().input(), lake, senders);
    }

    @Override
    public CompletionStage<Reply<ClusterView>> cluster() {
        return partitions.cluster();
    }

    @Override
    public CompletionStage<Reply<CustomerView>> customer(String userId) {
        return partitions.customer(userId);
    }

    @Override
    public CompletionStage<Reply<DecisionView>> send(byte[] json) {
        return senders.send(json);
    }

    @Override
    public CompletionStage<Reply<DecisionView>> decision(String transactionId) {
        return lake.decision(transactionId);
    }

    @Override
    public CompletionStage<Reply<DecisionView>> retry(String source) {
        return deadLetters.retry(source);
    }

    @Override
    public CompletionStage<Reply<List<TableView>>> tables() {
        return lake.tables();
    }

    @Override
    public CompletionStage<Reply<TableView>> table(String name) {
        return lake.table(name);
    }

    @Override
    public CompletionStage<Reply<SqlView>> sql(String text, Optional<String> at) {
        return lake.sql(text, at);
    }

    @Override
    public CompletionStage<RestAnswer> catalog(String method, String path, Map<String, String> query) {
        return lake.catalog(method, path, query);
    }

    @Override
    public CompletionStage<Reply<UpkeepView>> maintenance() {
        return upkeep.status();
    }

    @Override
    public CompletionStage<Reply<RunsView>> maintain() {
        return upkeep.run();
    }

    @Override
    public CompletionStage<Reply<RunsView>> maintained(int limit) {
        return upkeep.history(limit);
    }

    @Override
    public Source<ByteString, NotUsed> alerts(boolean fromStart) {
        return AlertStream.lines(
                node.config().kafka().connection(), node.config().topics().alerts(), fromStart);
    }

    @Override
    public String metrics() {
        return metrics.text();
    }

    @Override
    public CompletionStage<HealthView> health() {
        return partitions.health();
    }

    @Override
    public RequestMeter requests() {
        return metrics.http()::answered;
    }

    @Override
    public void close() {
        senders.close();
        lake.close();
    }
}
