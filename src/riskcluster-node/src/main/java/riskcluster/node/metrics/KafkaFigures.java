package riskcluster.node.metrics;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleGaugeBuilder;
import io.opentelemetry.api.metrics.Meter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What Kafka's clients tell of themselves, as figures of the node: added up over its clients when somebody reads them. */
final class KafkaFigures {

    /** The kinds of clients that a node has, by the groups in which Kafka has their metrics. */
    private enum Kind {
        CONSUMER("consumer-metrics"),
        PRODUCER("producer-metrics"),
        ADMIN("admin-client-metrics");

        private final String group;
        private final Attributes label;

        Kind(String group) {
            this.group = group;
            this.label = Attributes.of(Labels.CLIENT, name().toLowerCase(Locale.ROOT));
        }
    }

    private static final String FETCHES = "consumer-fetch-manager-metrics";
    private static final String SENDS = "producer-metrics";
    private static final String LAG = "records-lag";
    private static final String REQUESTS = "request-total";
    private static final String REFUSED = "failed-authentication-total";
    private static final String CONNECTIONS = "connection-count";
    private static final String PREFIX = "riskcluster.kafka.";
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Meter meter;
    private final KafkaClients clients;

    private KafkaFigures(Meter meter, KafkaClients clients) {
        this.meter = meter;
        this.clients = clients;
    }

    static void watch(Meter meter, KafkaClients clients) {
        var figures = new KafkaFigures(meter, clients);
        figures.consumers();
        figures.producers();
        figures.everyClient();
    }

    private void consumers() {
        lag();
        counter("consumer.records", "Records that consumers have fetched.", "", FETCHES, "records-consumed-total", 1);
        counter("consumer.fetched", "Bytes that consumers have fetched.", "By", FETCHES, "bytes-consumed-total", 1);
        counter("consumer.fetches", "Fetches of consumers that were answered.", "", FETCHES, "fetch-total", 1);
        latency(
                "consumer.fetch.latency",
                "time until a fetch is answered, which waits where nothing is new.",
                FETCHES,
                "fetch-latency");
    }

    private void lag() {
        clients.want(FETCHES, LAG);
        var _ = gauge("consumer.lag.records", "Records that a consumer knows of and has not fetched.")
                .buildWithCallback(told -> clients.byPartition(FETCHES, LAG)
                        .forEach((partition, lag) ->
                                told.record(lag, Attributes.of(Labels.PARTITION, Integer.toString(partition)))));
    }

    private void producers() {
        counter("producer.records", "Records that producers have sent.", "", SENDS, "record-send-total", 1);
        counter("producer.errors", "Records that producers could not send.", "", SENDS, "record-error-total", 1);
        counter("producer.retries", "Records that producers have sent again.", "", SENDS, "record-retry-total", 1);
        counter(
                "producer.commit.duration",
                "Time that producers have spent in commits of transactions.",
                "s",
                SENDS,
                "txn-commit-time-ns-total",
                NANOS_PER_SECOND);
        latency(
                "producer.request.latency",
                "time until a request of a producer is answered.",
                SENDS,
                "request-latency");
    }

    private void everyClient() {
        for (var kind : Kind.values()) {
            clients.want(kind.group, REQUESTS);
            clients.want(kind.group, REFUSED);
            clients.want(kind.group, CONNECTIONS);
        }
        byKind("requests", "Requests that clients have sent to brokers.", kind -> clients.total(kind.group, REQUESTS));
        byKind(
                "authentication.failures",
                "Connections that brokers did not let in.",
                kind -> clients.total(kind.group, REFUSED));
        var _ = gauge("connections", "Connections of clients to brokers.").buildWithCallback(told -> {
            for (var kind : Kind.values()) {
                told.record(clients.values(kind.group, CONNECTIONS).sum(), kind.label);
            }
        });
    }

    private void byKind(String name, String description, ToDoubleFunction<Kind> value) {
        var _ = meter.counterBuilder(PREFIX + name)
                .ofDoubles()
                .setDescription(description)
                .buildWithCallback(told -> {
                    for (var kind : Kind.values()) {
                        told.record(value.applyAsDouble(kind), kind.label);
                    }
                });
    }

    /** @param parts of the metric that make one of the unit */
    private void counter(String name, String description, String unit, String group, String metric, double parts) {
        clients.want(group, metric);
        var _ = meter.counterBuilder(PREFIX + name)
                .ofDoubles()
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(told -> told.record(clients.total(group, metric) / parts));
    }

    /** Of the last minute, as Kafka's clients keep it; the average is that of the clients' averages. */
    private void latency(String name, String what, String group, String metric) {
        clients.want(group, metric + "-avg");
        clients.want(group, metric + "-max");
        seconds(
                name + ".average",
                "Average " + what,
                () -> clients.values(group, metric + "-avg").average());
        seconds(
                name + ".maximum",
                "Longest " + what,
                () -> clients.values(group, metric + "-max").max());
    }

    private void seconds(String name, String description, Supplier<OptionalDouble> millis) {
        var _ = gauge(name, description)
                .setUnit("s")
                .buildWithCallback(told -> millis.get().ifPresent(value -> told.record(value / MILLIS_PER_SECOND)));
    }

    private DoubleGaugeBuilder gauge(String name, String description) {
        return meter.gaugeBuilder(PREFIX + name).setDescription(description);
    }
}
