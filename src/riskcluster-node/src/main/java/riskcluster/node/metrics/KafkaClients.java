package riskcluster.node.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * Kafka's clients of a node, and those of their own metrics that somebody wants. A client finds its way here by its
 * settings; nothing is read before somebody asks.
 */
public final class KafkaClients {

    /** Under which a client's settings carry the clients it is to be among. */
    private static final String AMONG = "riskcluster.clients";

    private static final String TOPIC = "topic";
    private static final String PARTITION = "partition";
    private static final String REPORTERS = "metric.reporters";

    /** By which Kafka names what is counted from a client's start. */
    private static final String COUNTED = "-total";

    private final Set<Wanted> wanted = ConcurrentHashMap.newKeySet();
    private final Set<Told> open = ConcurrentHashMap.newKeySet();
    private final Map<Wanted, Double> closed = new HashMap<>();
    private volatile String input = "";

    /** A metric of a client as Kafka names it. */
    public record Wanted(String group, String name) {
        static Wanted of(KafkaMetric metric) {
            return new Wanted(metric.metricName().group(), metric.metricName().name());
        }
    }

    KafkaClients() {}

    /**
     * What a client is told on top of {@code settings} so that it is seen here; without it, it is not.
     *
     * @param topic the input, of whose partitions lag is told
     */
    public Map<String, Object> watching(Map<String, String> settings, String topic) {
        input = topic;
        var reporters = new ArrayList<String>(List.of(JmxReporter.class.getName(), Told.class.getName()));
        Optional.ofNullable(settings.get(REPORTERS)).ifPresent(more -> reporters.addAll(List.of(more.split(","))));
        return Map.of(AMONG, this, REPORTERS, String.join(",", reporters));
    }

    /** Those of a client's metrics that are read. */
    public Set<Wanted> wanted() {
        return Set.copyOf(wanted);
    }

    void want(String group, String name) {
        wanted.add(new Wanted(group, name));
    }

    /** The sum over all clients there were: it does not fall when one is closed. */
    synchronized double total(String group, String name) {
        return closed.getOrDefault(new Wanted(group, name), 0.0)
                + values(group, name).sum();
    }

    /** What each client says of itself now, where it says something. */
    DoubleStream values(String group, String name) {
        return open.stream()
                .flatMap(client -> client.metrics.stream())
                .filter(metric -> Wanted.of(metric).equals(new Wanted(group, name)) && !isOfPartition(metric))
                .mapToDouble(KafkaClients::value)
                .filter(Double::isFinite);
    }

    /** What clients say of each partition of the input, the greatest where several do. */
    Map<Integer, Double> byPartition(String group, String name) {
        var values = new TreeMap<Integer, Double>();
        open.stream()
                .flatMap(client -> client.metrics.stream())
                .filter(metric -> Wanted.of(metric).equals(new Wanted(group, name)))
                .filter(metric -> input.equals(metric.metricName().tags().get(TOPIC)))
                .filter(metric -> isOfPartition(metric) && Double.isFinite(value(metric)))
                .forEach(metric -> values.merge(
                        Integer.valueOf(metric.metricName().tags().get(PARTITION)), value(metric), Math::max));
        return values;
    }

    private static boolean isOfPartition(KafkaMetric metric) {
        return metric.metricName().tags().containsKey(PARTITION);
    }

    private static double value(KafkaMetric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private synchronized void close(Told client) {
        List.copyOf(client.metrics).forEach(metric -> remove(client, metric));
        open.remove(client);
    }

    /** What was counted stays counted. */
    private synchronized void remove(Told client, KafkaMetric metric) {
        if (client.metrics.remove(metric) && metric.metricName().name().endsWith(COUNTED)) {
            closed.merge(Wanted.of(metric), value(metric), Double::sum);
        }
    }

    /** What one client tells of its metrics; made by the client. */
    public static final class Told implements MetricsReporter {
        private final Set<KafkaMetric> metrics = ConcurrentHashMap.newKeySet();
        private Optional<KafkaClients> clients = Optional.empty();

        @Override
        public void configure(Map<String, ?> settings) {
            if (settings.get(AMONG) instanceof KafkaClients all) {
                clients = Optional.of(all);
                all.open.add(this);
            }
        }

        @Override
        public void init(List<KafkaMetric> begun) {
            begun.forEach(this::metricChange);
        }

        /** Those of single topics and brokers stand beside sums of the same name, and are left out. */
        @Override
        public void metricChange(KafkaMetric metric) {
            boolean summed = metric.metricName().tags().size() == 1;
            if ((summed || isOfPartition(metric))
                    && clients.filter(all -> all.wanted.contains(Wanted.of(metric)))
                            .isPresent()) {
                metrics.add(metric);
            }
        }

        @Override
        public void metricRemoval(KafkaMetric metric) {
            clients.ifPresent(all -> all.remove(this, metric));
        }

        @Override
        public void close() {
            clients.ifPresent(all -> all.close(this));
        }
    }
}
