package riskcluster.rollout;

import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.metrics.InFlight;
import riskcluster.node.metrics.KafkaClients;
import riskcluster.node.metrics.Metrics;

/** The names under which a node tells its figures, asked of a node's own metrics after everything has happened once. */
final class NodeMetrics {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");

    private NodeMetrics() {}

    /** Every name that a query may use. */
    static Set<String> names() {
        return types().entrySet().stream()
                .flatMap(family -> switch (family.getValue()) {
                    case "histogram" -> Stream.of("_bucket", "_sum", "_count").map(ending -> family.getKey() + ending);
                    default -> Stream.of(family.getKey());
                })
                .collect(Collectors.toSet());
    }

    private static Map<String, String> types() {
        return TYPE.matcher(text())
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    }

    private static String text() {
        try (var metrics = Metrics.start(Clock.systemUTC())) {
            metrics.watch(new NoPool());
            metrics.watch(() -> 3, () -> 0);
            var partition = metrics.partition(new LogPartition("transactions", 0));
            partition.received(1, 1);
            partition.decided(Band.HIGH, 1);
            partition.rejected(Reason.NOT_DECODABLE, 1);
            partition.duplicated(1);
            partition.late(1);
            partition.alerted(1);
            partition.alertLatency(1);
            partition.lag(1);
            partition.customers(1);
            partition.inFlight(new InFlight(1, 2, 3, 4, 5, 6, 7));
            partition.split(1);
            partition.alarmed(false);
            partition.sealed(1, 1);
            partition.saved(1, 1);
            metrics.commits().committed(1, 1, 1, 1, 1);
            metrics.commits().leftOut(1);
            metrics.commits().qualityFailed("silver.transactions", "rule", true);
            metrics.commits().grew("silver.transactions", 1, 1, 1, 1);
            metrics.http().answered("/v1/cluster", 200, 1);
            tellEverything(metrics.kafka());
            metrics.commits().failed();
            metrics.commits().freshness(1);
            return metrics.text();
        }
    }

    /** As a client of Kafka does that was told to. */
    private static void tellEverything(KafkaClients clients) {
        var client = new KafkaClients.Told();
        client.configure(clients.watching(Map.of(), "transactions"));
        for (var wanted : clients.wanted()) {
            var tags = wanted.name().equals("records-lag")
                    ? Map.of("client-id", "made", "topic", "transactions", "partition", "3")
                    : Map.of("client-id", "made");
            var name = new MetricName(wanted.name(), wanted.group(), "", tags);
            Gauge<Double> one = (settings, now) -> 1.0;
            client.metricChange(new KafkaMetric(new Object(), name, one, new MetricConfig(), Time.SYSTEM));
        }
    }

    /** A pool of connections in which nothing happens. */
    private static final class NoPool implements HikariPoolMXBean {
        @Override
        public int getIdleConnections() {
            return 0;
        }

        @Override
        public int getActiveConnections() {
            return 0;
        }

        @Override
        public int getTotalConnections() {
            return 0;
        }

        @Override
        public int getThreadsAwaitingConnection() {
            return 0;
        }

        @Override
        public void softEvictConnections() {}

        @Override
        public void suspendPool() {}

        @Override
        public void resumePool() {}
    }
}
