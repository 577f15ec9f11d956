package riskcluster.node.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.step.Steps;
import riskcluster.node.NodeConfig;
import riskcluster.node.RiskNode;
import riskcluster.node.answers.LiveNode;
import riskcluster.node.embedded.FolderLock;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.http.NodeHttp;
import riskcluster.node.log.NodeLog;
import riskcluster.node.metrics.Metrics;
import riskcluster.node.operate.Operator;
import riskcluster.node.operate.OperatorServer;
import riskcluster.node.view.HealthView;

/** One node with everything that it needs, in this process and one folder. */
final class LocalNode implements AutoCloseable {

    static final int PARTITIONS = 12;

    private static final String CLUSTER = "local";
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(2);
    private static final Duration READY_MAX = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final LocalServices services;
    private final Metrics metrics;
    private final RiskNode node;
    private final LiveNode live;
    private final NodeHttp http;
    private final OperatorServer operator;

    private LocalNode(
            LocalServices services,
            Metrics metrics,
            RiskNode node,
            LiveNode live,
            NodeHttp http,
            OperatorServer operator) {
        this.services = services;
        this.metrics = metrics;
        this.node = node;
        this.live = live;
        this.http = http;
        this.operator = operator;
    }

    /** Starts services and node; closes what runs where one of them does not start. */
    static LocalNode start(Path folder, FolderLock lock, Ports ports, String rules)
            throws IOException, InterruptedException {
        NodeLog.recent();
        var services = LocalServices.start(folder, lock, ports, PARTITIONS);
        var metrics = Metrics.start(Clock.systemUTC());
        RiskNode node = null;
        try {
            node = RiskNode.start(
                    metrics.watched(config(services, rules)), metrics::partition, metrics.commits(), Steps.UNHEARD);
            metrics.watch(node.pipeline().database().getHikariPoolMXBean());
            var live = new LiveNode(node, metrics);
            var http = NodeHttp.start(node.system(), live, FreePort.from(ports.http()));
            var operator = Operator.bind(
                    node.system(),
                    OperatorServer.LOOPBACK,
                    FreePort.from(ports.operator()),
                    live::cluster,
                    node.pauses());
            var local = new LocalNode(services, metrics, node, live, http, operator);
            local.awaitReady();
            return local;
        } catch (RuntimeException | InterruptedException e) {
            if (node != null) {
                node.close();
            }
            metrics.close();
            services.close();
            throw e;
        }
    }

    /** Waits until every partition runs: a record that is fed before would only wait in Kafka. */
    private void awaitReady() throws InterruptedException {
        var until = System.nanoTime() + READY_MAX.toNanos();
        for (var health = health(); !health.ready(); health = health()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the node is not ready after " + READY_MAX.toSeconds() + " seconds: "
                        + String.join("; ", health.why()));
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
    }

    private HealthView health() {
        return live.health().toCompletableFuture().join();
    }

    private static NodeConfig config(LocalServices services, String rules) {
        return new NodeConfig(
                        CLUSTER,
                        services.bootstrap(),
                        services.database().jdbcUrl(),
                        LocalServices.USER,
                        LocalServices.USER,
                        services.warehouse().toUri(),
                        LocalServices.TOPICS,
                        PARTITIONS,
                        rules,
                        services.pseudonymKey(),
                        Pace.standard(),
                        COMMIT_EVERY,
                        services.schemas().map(Path::toString))
                .withGold(true);
    }

    LocalServices services() {
        return services;
    }

    Metrics metrics() {
        return metrics;
    }

    RiskNode node() {
        return node;
    }

    /** Where the HTTP interface listens. */
    String http() {
        return http.address();
    }

    /** Where operators are answered, {@code host:port}. */
    String operator() {
        return operator.address();
    }

    @Override
    public void close() throws IOException {
        operator.close();
        http.close();
        live.close();
        node.close();
        metrics.close();
        services.close();
    }
}
