package riskcluster.node.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.trace.RecordTrace;
import riskcluster.lakehouse.ledger.CheckpointTable.Visible;
import riskcluster.lakehouse.ledger.LedgerFailure;

/** The records that this node follows, and the way of their spans to a collector. */
public final class Traces implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Traces.class);
    private static final int FOLLOWED_MAX = 1_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration WAIT_MAX = Duration.ofMinutes(10);

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Commits commits;
    private final LongSupplier nowMicros;
    private final Map<LogPartition, TracedPartition> partitions = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("traces").daemon().factory());
    private boolean unanswered;

    /** Knows which checkpoint made a record visible. */
    public interface Commits {
        /**
         * The visible checkpoint with this record, where there is one.
         *
         * @throws LedgerFailure where Postgres did not answer
         */
        Optional<Visible> of(LogPartition source, long offset);
    }

    Traces(SpanProcessor out, String instance, Commits commits, LongSupplier nowMicros) {
        this.provider = SdkTracerProvider.builder()
                .addSpanProcessor(out)
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.builder()
                                .put("service.name", "riskcluster")
                                .put("service.instance.id", instance)
                                .build())))
                .build();
        this.tracer = provider.get("riskcluster");
        this.commits = commits;
        this.nowMicros = nowMicros;
        var millis = LOOK_EVERY.toMillis();
        looking.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Sends spans by OTLP over HTTP, in batches; what the collector does not take is lost, and nothing waits for it.
     *
     * @param collector its address, such as {@code http://collector:4318}
     * @param instance name of this node among the others
     */
    public static Traces to(URI collector, String instance, Commits commits, LongSupplier nowMicros) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector.toString().replaceAll("/+$", "") + "/v1/traces")
                .build();
        return new Traces(BatchSpanProcessor.builder(exporter).build(), instance, commits, nowMicros);
    }

    /** What hears of the records of this partition. */
    public RecordTrace partition(LogPartition source) {
        return partitions.computeIfAbsent(source, any -> new TracedPartition(tracer, FOLLOWED_MAX, nowMicros));
    }

    /** Looks which of the decided records are visible by now. */
    private void look() {
        try {
            partitions.forEach(this::look);
            unanswered = false;
        } catch (LedgerFailure e) {
            if (!unanswered) {
                LOG.warn("Postgres does not say what is committed; traces wait", e);
            }
            unanswered = true;
        }
    }

    private void look(LogPartition source, TracedPartition partition) {
        partition.giveUp(nowMicros.getAsLong() - TimeUnit.NANOSECONDS.toMicros(WAIT_MAX.toNanos()));
        for (var next = partition.waiting(); next.isPresent(); next = partition.waiting()) {
            var visible = commits.of(source, next.getAsLong());
            if (visible.isEmpty()) {
                return;
            }
            partition.visible(visible.get());
        }
    }

    /** Sends what is finished. */
    @Override
    public void close() {
        looking.shutdownNow();
        provider.close();
    }
}
