package riskcluster.node.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;

/** A client that tells one of everything that may be asked of it. */
final class MadeClient {

    private MadeClient() {}

    static void tellEverything(KafkaClients clients) {
        var client = new KafkaClients.Told();
        client.configure(clients.watching(Map.of(), "transactions"));
        client.init(List.of());
        clients.wanted().forEach(wanted -> client.metricChange(metric(wanted)));
    }

    private static KafkaMetric metric(KafkaClients.Wanted wanted) {
        var tags = new LinkedHashMap<String, String>();
        tags.put("client-id", "made");
        if (wanted.name().equals("records-lag")) {
            tags.put("topic", "transactions");
            tags.put("partition", "3");
        }
        Gauge<Double> one = (settings, now) -> 1.0;
        var name = new MetricName(wanted.name(), wanted.group(), "", tags);
        return new KafkaMetric(new Object(), name, one, new MetricConfig(), Time.SYSTEM);
    }
}
