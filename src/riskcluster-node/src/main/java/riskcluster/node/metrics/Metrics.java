package riskcluster.node.metrics;

import com.zaxxer.hikari.HikariPoolMXBean;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.function.LongSupplier;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.node.NodeConfig;

/** Every figure of one node, counted by OpenTelemetry and written in Prometheus' text format when it is asked for. */
public final class Metrics implements AutoCloseable {

    /** The media type of {@link #text()}. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusMetricReader reader = PrometheusMetricReader.builder()
            .setOtelScopeLabelsEnabled(false)
            .setTargetInfoMetricEnabled(false)
            .build();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final SdkMeterProvider provider =
            SdkMeterProvider.builder().registerMetricReader(reader).build();
    private final PartitionInstruments partitions;
    private final CommitMeter commits;
    private final HttpFigures http;
    private final KafkaClients kafka = new KafkaClients();

    private Metrics(Clock clock) {
        var meter = provider.get("riskcluster");
        partitions = new PartitionInstruments(meter);
        commits = new CountedCommits(meter, clock);
        http = new HttpFigures(meter);
        KafkaFigures.watch(meter, kafka);
        ProcessGauges.watch(meter);
    }

    /** Figures that begin at zero. */
    public static Metrics start(Clock clock) {
        return new Metrics(clock);
    }

    /** The meter of one partition. */
    public PartitionMeter partition(LogPartition source) {
        return new CountedPartition(partitions, source);
    }

    /** Watches a pool of database connections. */
    public void watch(HikariPoolMXBean pool) {
        ProcessGauges.watch(provider.get("riskcluster"), pool);
    }

    /** Watches the cluster, as this node sees it: all members, and those that some node cannot reach. */
    public void watch(LongSupplier members, LongSupplier unreachable) {
        ProcessGauges.watch(provider.get("riskcluster"), members, unreachable);
    }

    public CommitMeter commits() {
        return commits;
    }

    /** What hears of requests to the HTTP interface. */
    public HttpFigures http() {
        return http;
    }

    /** The same node with its Kafka clients under watch. */
    public NodeConfig watched(NodeConfig node) {
        return node.withKafkaWatched(
                kafka.watching(node.kafka().more(), node.topics().input()));
    }

    /** Those of Kafka's clients that are watched. */
    public KafkaClients kafka() {
        return kafka;
    }

    /** Everything counted so far, in Prometheus' text format. */
    public String text() {
        var out = new ByteArrayOutputStream(1 << 14);
        try {
            writer.write(out, reader.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * What counters and gauges of this name say now, added up over their labels.
     *
     * @param name in Prometheus' form without {@code _total}, for example {@code riskcluster_alerts}
     */
    public double sum(String name) {
        return reader.collect().stream()
                .filter(snapshot -> snapshot.getMetadata().getPrometheusName().equals(name))
                .mapToDouble(Metrics::sum)
                .sum();
    }

    @Override
    public void close() {
        provider.close();
    }

    private static double sum(MetricSnapshot snapshot) {
        return snapshot.getDataPoints().stream().mapToDouble(Metrics::value).sum();
    }

    private static double value(DataPointSnapshot point) {
        return switch (point) {
            case CounterSnapshot.CounterDataPointSnapshot counter -> counter.getValue();
            case GaugeSnapshot.GaugeDataPointSnapshot gauge -> gauge.getValue();
            default -> throw new IllegalArgumentException("only counters and gauges have one value");
        };
    }
}
